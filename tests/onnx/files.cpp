// onnx_files: exports and imports files for the tests in Python, as many as they ask for in one process: the
// whole program takes a tenth of a second to start. Reads lines "import<TAB>onnx<TAB>model" and
// "export<TAB>model<TAB>onnx[<TAB>--floats][<TAB>--folded]"; answers each with a line of JSON.
#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "toolkit/onnx/import/onnx_import.h"
#include "toolkit/onnx/onnx.h"

#include <algorithm>
#include <iostream>
#include <sstream>

using namespace fsd;

namespace {

std::vector<std::string> words_of(const std::string &line) {
    std::vector<std::string> words;
    std::istringstream stream(line);
    for (std::string word; std::getline(stream, word, '\t');) {
        words.push_back(word);
    }
    words.resize(std::max<std::size_t>(words.size(), 3));
    return words;
}

std::string answer(const std::vector<std::string> &words) {
    const auto has = [&](const char *word) { return std::count(words.begin(), words.end(), word) > 0; };
    if (words[0] == "export") {
        export_onnx(load_model(words[1]), words[2],
                    has("--floats") ? OnnxNumbers::floats : OnnxNumbers::bytes,
                    has("--folded") ? OnnxWeights::folded : OnnxWeights::distributions);
        return "{\"code\":0}";
    }
    const OnnxImported imported = import_onnx(words[1]);
    std::string refused;
    for (const OnnxRefusal &refusal : imported.refused) {
        refused += (refused.empty() ? "" : ",") + json_string(refusal.where + ": " + refusal.reason);
    }
    if (!imported.refused.empty()) {
        return "{\"code\":4,\"refused\":[" + refused + "]}";
    }
    save_model(imported.model, words[2]);
    return text("{\"code\":0,\"restored\":", imported.is_restored ? "true" : "false", "}");
}

}  // namespace

int main() {
    for (std::string line; std::getline(std::cin, line);) {
        try {
            std::cout << answer(words_of(line)) << std::endl;
        } catch (const Error &error) {
            std::cout << "{\"code\":" << static_cast<int>(error.code()) << ",\"refused\":["
                      << json_string(error.what()) << "]}" << std::endl;
        }
    }
    return 0;
}
