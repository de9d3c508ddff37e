// Reads PTX as LLVM writes it (PTX ISA, "Syntax"): directives, labels and instructions, each up to its
// semicolon.
#include "tests/cuda/program.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace fsd::testing::cuda {
namespace {

[[noreturn]] void fail(const std::string &text) {
    throw Fault{invalid_program, text};
}

std::string without_comments(const std::string &text) {
    std::istringstream lines(text);
    std::string result, line;
    while (std::getline(lines, line)) {
        result += line.substr(0, line.find("//")) + "\n";
    }
    return result;
}

std::vector<std::string> split(const std::string &text, const std::string &separators) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text) {
        if (separators.find(c) == std::string::npos) {
            part += c;
        } else if (!part.empty()) {
            parts.push_back(part);
            part.clear();
        }
    }
    if (!part.empty()) {
        parts.push_back(part);
    }
    return parts;
}

bool begins_with(const std::string &text, const std::string &start) {
    return text.compare(0, start.size(), start) == 0;
}

// ".u32" has 4 bytes.
std::size_t bytes_of(const std::string &type) {
    const std::size_t digits = type.find_first_of("0123456789");
    return digits == std::string::npos ? 1 : std::stoul(type.substr(digits)) / 8;
}

// Cuts the body of a kernel into statements; the braces of scopes are none, those of operands belong to them.
std::vector<std::string> statements(const std::string &body) {
    std::vector<std::string> result;
    std::string statement;
    bool in_operands = false;
    for (const char c : body) {
        const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
        if ((statement.empty() && (blank || c == '{' || c == '}')) || (c == '}' && !in_operands)) {
            continue;
        }
        in_operands = c == '{' || (in_operands && c != '}');
        if (c == ';' || (c == ':' && statement.find(' ') == std::string::npos)) {
            result.push_back(c == ';' ? statement : statement + c);
            statement.clear();
        } else {
            statement += blank ? ' ' : c;
        }
    }
    return result;
}

class Assembler {
public:
    Assembler() {
        kernel_.registers.resize(places);
        const char *names[places] = {"%tid.x",    "%tid.y",    "%tid.z",  "%ctaid.x", "%ctaid.y",
                                     "%ctaid.z",  "%ntid.x",   "%ntid.y", "%ntid.z",  "%nctaid.x",
                                     "%nctaid.y", "%nctaid.z", "%laneid"};
        for (int place = 0; place < places; place++) {
            registers_[names[place]] = place;
        }
    }

    // "NAME( .param .u64 A, ... )"
    void declare(const std::string &header) {
        const std::size_t open = header.find('(');
        kernel_.name = split(header.substr(0, open), " \n\t").front();
        for (const std::string &line : split(header.substr(open + 1), ",)\n")) {
            const std::vector<std::string> words = split(line, " \t");
            if (words.size() >= 3 && words[0] == ".param") {
                add_parameter(words.back(), bytes_of(words[1]));
            }
        }
    }

    AssembledKernel assemble(const std::string &body) {
        for (const std::string &statement : statements(body)) {
            if (statement.back() == ':') {
                labels_[statement.substr(0, statement.size() - 1)] = kernel_.instructions.size();
            } else if (statement.front() == '.') {
                direct(statement);
            } else {
                add_instruction(statement);
            }
        }
        kernel_.instructions.emplace_back().flow = Flow::end;
        for (const auto &[instruction, label] : branches_) {
            const auto target = labels_.find(label);
            if (target == labels_.end()) {
                fail("The label " + label + " is nowhere.");
            }
            kernel_.instructions[instruction].target = target->second;
        }
        return kernel_;
    }

private:
    void add_parameter(const std::string &name, std::size_t size) {
        const std::size_t offset = (kernel_.parameter_bytes + size - 1) / size * size;
        kernel_.parameters.push_back({offset, size});
        kernel_.parameter_bytes = offset + size;
        symbols_[name] = offset;
    }

    // Registers are known by their use; what is left are the bytes of local memory.
    void direct(const std::string &statement) {
        const std::vector<std::string> words = split(statement, " []");
        if (words[0] == ".local") {
            symbols_[words[words.size() - 2]] = kernel_.local_bytes;
            kernel_.local_bytes += std::stoul(words.back());
        } else if (words[0] != ".reg" && words[0] != ".pragma" && words[0] != ".loc") {
            fail("The directive " + statement + " is unknown.");
        }
    }

    int constant(std::uint64_t value) {
        kernel_.registers.push_back(value);
        return static_cast<int>(kernel_.registers.size() - 1);
    }

    // The register that holds a number, a symbol's address, or a register's value.
    int operand(const std::string &text) {
        const auto known = registers_.find(text);
        if (known != registers_.end()) {
            return known->second;
        }
        int found = 0;
        const auto symbol = symbols_.find(text);
        if (symbol != symbols_.end()) {
            found = constant(symbol->second);
        } else if (begins_with(text, "0f") || begins_with(text, "0d")) {
            found = constant(std::stoull(text.substr(2), nullptr, 16));
        } else if (text.front() == '-') {
            found = constant(static_cast<std::uint64_t>(std::stoll(text, nullptr, 0)));
        } else if (std::isdigit(static_cast<unsigned char>(text.front())) != 0) {
            found = constant(std::stoull(text, nullptr, 0));
        } else {
            found = constant(0);
        }
        registers_[text] = found;
        return found;
    }

    // "[%rd1+16]"
    int address(const std::string &text, Instruction &instruction) {
        const std::size_t plus = text.find('+');
        if (plus != std::string::npos) {
            instruction.offset = std::stoll(text.substr(plus + 1));
        }
        return operand(text.substr(0, plus));
    }

    void guard(const std::string &word, Instruction &instruction) {
        instruction.guard_negated = word[1] == '!';
        instruction.guard = operand(word.substr(instruction.guard_negated ? 2 : 1));
    }

    void add_instruction(const std::string &statement) {
        Instruction instruction;
        instruction.operands.fill(Instruction::none);
        std::string rest = statement;
        if (rest.front() == '@') {
            const std::size_t space = rest.find(' ');
            guard(rest.substr(0, space), instruction);
            rest = rest.substr(rest.find_first_not_of(' ', space));
        }
        const std::string opcode = rest.substr(0, rest.find(' '));
        const std::vector<std::string> arguments = split(rest.substr(opcode.size()), " ,");
        if (begins_with(opcode, "bra")) {
            instruction.flow = Flow::branch;
            branches_.emplace_back(kernel_.instructions.size(), arguments.at(0));
        } else if (opcode == "ret" || opcode == "exit") {
            instruction.flow = Flow::end;
        } else if (opcode == "bar.sync" || opcode == "barrier.sync") {
            instruction.flow = Flow::barrier;
        } else {
            instruction.operation = find_operation(opcode);
            if (!instruction.operation) {
                fail("The instruction " + opcode + " is unknown.");
            }
            if (begins_with(opcode, "shfl.sync.")) {
                instruction.flow = Flow::exchange;
                instruction.numbers = static_cast<unsigned char>(opcode[std::string("shfl.sync.").size()]);
            }
            read_arguments(opcode, arguments, instruction);
        }
        kernel_.instructions.push_back(instruction);
    }

    // Results and values in the order of the text; of a vector each part, of a store its address first.
    void read_arguments(const std::string &opcode, const std::vector<std::string> &arguments,
                        Instruction &instruction) {
        const bool loads = begins_with(opcode, "ld."), stores = begins_with(opcode, "st.");
        std::vector<int> values;
        int place = Instruction::none;
        for (const std::string &argument : arguments) {
            if (argument.front() == '[') {
                place = address(split(argument, "[]").front(), instruction);
                continue;
            }
            for (const std::string &part : split(argument, "{}")) {
                const std::vector<std::string> pair = split(part, "|");
                values.push_back(operand(pair[0]));
                if (pair.size() == 2) {
                    instruction.operands[4] = operand(pair[1]);
                }
            }
        }
        if (loads || stores) {
            instruction.numbers = static_cast<int>(values.size());
            values.insert(values.begin(), place);
        }
        if (instruction.flow == Flow::exchange) {
            values.resize(4);
        }
        instruction.unpacks = !arguments.empty() && arguments[0].front() == '{';
        if (values.size() > instruction.operands.size() ||
            (begins_with(opcode, "mov.b32") && values.size() > 2)) {
            fail("The instruction " + opcode + " has too many operands.");
        }
        std::copy(values.begin(), values.end(), instruction.operands.begin());
    }

    AssembledKernel kernel_;
    std::map<std::string, int> registers_;
    std::map<std::string, std::uint64_t> symbols_;
    std::map<std::string, std::size_t> labels_;
    std::vector<std::pair<std::size_t, std::string>> branches_;
};

}  // namespace

Module assemble(const std::string &text) {
    const std::string code = without_comments(text), entry = ".visible .entry ";
    Module module;
    std::size_t at = code.find(entry);
    while (at != std::string::npos) {
        const std::size_t open = code.find('{', at), next = code.find(entry, at + 1);
        if (open == std::string::npos || open > next) {
            fail("A kernel has no body.");
        }
        Assembler assembler;
        assembler.declare(code.substr(at + entry.size(), open - at - entry.size()));
        AssembledKernel kernel = assembler.assemble(code.substr(open + 1, next - open - 1));
        module.emplace(kernel.name, std::move(kernel));
        at = next;
    }
    return module;
}

}  // namespace fsd::testing::cuda
