// Loads and stores in the state spaces: global, shared, local, parameters (PTX ISA, "ld" and "st").
#include "tests/cuda/registers.h"

#include <type_traits>

namespace fsd::testing::cuda {
namespace {

std::uint64_t address(const Thread &thread, const Instruction &at) {
    return thread.registers[at.operands[0]] + static_cast<std::uint64_t>(at.offset);
}

std::uint64_t address_32(const Thread &thread, const Instruction &at) {
    return static_cast<std::uint32_t>(address(thread, at));
}

[[noreturn]] void out_of_bounds(const char *space) {
    throw Fault{illegal_address, std::string("An access to ") + space + " memory is out of bounds."};
}

// The state spaces: where a thread loads from and stores to.
template<bool read_only>
struct Global {
    static Allocation &find(Thread &thread, const Instruction &at, std::uint64_t address, std::size_t size) {
        const auto index = static_cast<std::size_t>(&at - thread.launch->kernel.instructions.data());
        Allocation *&met = thread.launch->met[index];
        if (!met || address < met->address || address - met->address + size > met->bytes.size()) {
            met = thread.launch->memory.find(address, size);
            if (!met) {
                out_of_bounds("global");
            }
        }
        return *met;
    }
    static void load(Thread &thread, const Instruction &at, void *value, std::size_t size) {
        Allocation &found = find(thread, at, address(thread, at), size);
        found.bytes.load(address(thread, at) - found.address, value, size, thread.now, read_only);
    }
    static void store(Thread &thread, const Instruction &at, const void *value, std::size_t size) {
        Allocation &found = find(thread, at, address(thread, at), size);
        found.bytes.store(address(thread, at) - found.address, value, size, thread.now);
    }
};
struct Shared {
    static void load(Thread &thread, const Instruction &at, void *value, std::size_t size) {
        thread.shared->load(address_32(thread, at), value, size, thread.now, false);
    }
    static void store(Thread &thread, const Instruction &at, const void *value, std::size_t size) {
        thread.shared->store(address_32(thread, at), value, size, thread.now);
    }
};
struct Local {
    static unsigned char *find(Thread &thread, const Instruction &at, std::size_t size) {
        const std::uint64_t from = address(thread, at);
        if (from % size != 0) {
            throw Fault{misaligned_address, "An access to local memory is not aligned."};
        }
        if (from + size > thread.local.size()) {
            out_of_bounds("local");
        }
        return thread.local.data() + from;
    }
    static void load(Thread &thread, const Instruction &at, void *value, std::size_t size) {
        std::memcpy(value, find(thread, at, size), size);
    }
    static void store(Thread &thread, const Instruction &at, const void *value, std::size_t size) {
        std::memcpy(find(thread, at, size), value, size);
    }
};
struct Parameters {
    static void load(Thread &thread, const Instruction &at, void *value, std::size_t size) {
        const std::uint64_t from = address(thread, at);
        if (from + size > thread.launch->parameters.size()) {
            out_of_bounds("parameter");
        }
        std::memcpy(value, thread.launch->parameters.data() + from, size);
    }
};

template<typename Space, typename T>
void load(Thread &thread, const Instruction &at) {
    std::array<T, 4> values{};
    const auto count = static_cast<std::size_t>(at.numbers);
    Space::load(thread, at, values.data(), count * sizeof(T));
    for (std::size_t i = 0; i < count; i++) {
        if constexpr (std::is_integral_v<T>) {
            thread.registers[at.operands[i + 1]] =
                static_cast<std::uint64_t>(static_cast<std::int64_t>(values[i]));
        } else {
            put<T>(thread, at.operands[i + 1], values[i]);
        }
    }
}
template<typename Space, typename T>
void store(Thread &thread, const Instruction &at) {
    std::array<T, 4> values{};
    const auto count = static_cast<std::size_t>(at.numbers);
    for (std::size_t i = 0; i < count; i++) {
        values[i] = get<T>(thread, at, i + 1);
    }
    Space::store(thread, at, values.data(), count * sizeof(T));
}

template<typename T>
void add_memory(Table &table, const std::string &type) {
    for (const std::string vector : {"", "v2.", "v4."}) {
        std::string rest = ".";
        rest.append(vector).append(type);
        table["ld.global" + rest] = load<Global<false>, T>;
        table["ld.global.nc" + rest] = load<Global<true>, T>;
        table["st.global" + rest] = store<Global<false>, T>;
        table["ld.shared" + rest] = load<Shared, T>;
        table["st.shared" + rest] = store<Shared, T>;
        table["ld.local" + rest] = load<Local, T>;
        table["st.local" + rest] = store<Local, T>;
        table["ld.param" + rest] = load<Parameters, T>;
    }
}

}  // namespace

void add_state_spaces(Table &table) {
    add_memory<std::uint8_t>(table, "b8");
    add_memory<std::uint8_t>(table, "u8");
    add_memory<std::int8_t>(table, "s8");
    add_memory<std::uint16_t>(table, "b16");
    add_memory<std::uint16_t>(table, "u16");
    add_memory<std::int16_t>(table, "s16");
    add_memory<std::uint32_t>(table, "b32");
    add_memory<std::uint32_t>(table, "u32");
    add_memory<std::int32_t>(table, "s32");
    add_memory<std::uint64_t>(table, "b64");
    add_memory<std::uint64_t>(table, "u64");
    add_memory<float>(table, "f32");
    add_memory<double>(table, "f64");
    for (const char *space : {"global", "shared", "local", "param"}) {
        table[std::string("cvta.to.") + space + ".u64"] = unary<std::uint64_t, std::uint64_t, Same>;
        table[std::string("cvta.") + space + ".u64"] = unary<std::uint64_t, std::uint64_t, Same>;
    }
}

}  // namespace fsd::testing::cuda
