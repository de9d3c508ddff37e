// Finds kinds by name and refuses the others.
#include "toolkit/training/layers/trainable_kind.h"

#include "runtime/error.h"
#include "toolkit/training/layers/known_kinds.h"

namespace fsd {
namespace {

const std::map<std::string, TrainableKind> &trainable_kinds() {
    static const std::map<std::string, TrainableKind> kinds = [] {
        std::map<std::string, TrainableKind> by_name;
        for (TrainableKind &kind : training::known_kinds()) {
            by_name[kind.name] = std::move(kind);
        }
        return by_name;
    }();
    return kinds;
}

std::string names() {
    std::string all;
    for (const auto &[name, kind] : trainable_kinds()) {
        all += (all.empty() ? "" : ", ") + name;
    }
    return all;
}

[[noreturn]] void refuse(const LayerSite &site, const std::string &reason) {
    throw Error(ExitCode::unsupported, text("Training does not support ",
                                            describe_layer(site.layer(), site.index), " there: ", reason));
}

}  // namespace

const TrainableKind &trainable_kind(const LayerSite &site) {
    const auto found = trainable_kinds().find(site.layer().op);
    if (found == trainable_kinds().end()) {
        refuse(site, text("it trains ", names(), "."));
    }
    const std::string reason = found->second.refusal ? found->second.refusal(site) : "";
    if (!reason.empty()) {
        refuse(site, reason);
    }
    return found->second;
}

TrainableKind function_kind(const std::string &name, const std::vector<BackwardRead> &reads) {
    TrainableKind kind;
    kind.name = name;
    kind.make = [reads](const LayerSite &site, const LayerNumbers &) {
        return std::make_unique<TrainableLayer>(site, reads);
    };
    return kind;
}

std::string refuses_evidence(const LayerSite &site) {
    return site.input.kind == ActivationKind::log_evidence
               ? "of evidence it only approximates a normalization. Train with normalize, and replace it "
                 "afterwards."
               : "";
}

std::function<double(const Random &, std::uint64_t)> normal(double deviation) {
    return [deviation](const Random &random, std::uint64_t counter) {
        return deviation * random.normal(counter);
    };
}

std::function<double(const Random &, std::uint64_t)> uniform(double bound) {
    return [bound](const Random &random, std::uint64_t counter) { return bound * random.symmetric(counter); };
}

std::function<double(const Random &, std::uint64_t)> constant(double value) {
    return [value](const Random &, std::uint64_t) { return value; };
}

}  // namespace fsd
