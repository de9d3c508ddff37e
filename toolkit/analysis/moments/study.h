// `fsdnet analyze moments`: moments measured at a layer, propagated to the end, and compared with what is
// measured there.
#pragma once

#include "toolkit/analysis/moments/comparison.h"
#include "toolkit/analysis/moments/propagation.h"

#include <optional>
#include <string>
#include <vector>

namespace fsd::analysis {

struct StudyOptions {
    std::size_t from = 0;  // the layer in front of which moments are measured
    int order = 2;         // 3: third cumulants are measured at the first nonlinearity, too
    PropagationOptions propagation;
};

// Of one layer: medians over the classes. Flags are the largest over the classes.
struct LayerStudy {
    std::size_t layer = 0;
    std::string op;
    int units = 0;
    MomentError error;
    int deterministic = 0, dead = 0;
    double clipped = 0;
    // Of layers that give posteriors: the mean entropy of a group's posterior, nats, measured and from the
    // propagated log-odds; means over classes and groups.
    struct Entropies {
        double measured = 0, predicted = 0;
    };
    std::optional<Entropies> entropy;
};

struct ClassStudy {
    std::string name;
    int samples = 0;
    bool left_out = false;        // fewer than two samples: a mean, but no covariance
    bool rank_deficient = false;  // no more samples than units: the covariance has no inverse, and needs none
    std::vector<MomentError> errors;  // by layer behind `from`; empty where left out
};

// Predicted and measured numbers of all classes behind one layer, thinned out, for pictures.
struct Scatter {
    std::vector<double> measured, predicted;
};

struct Study {
    std::size_t from = 0, end = 0;  // end: the number of layers
    std::vector<ClassStudy> classes;
    std::vector<LayerStudy> layers;
    Scatter means, deviations, covariances;  // behind the last layer
    std::vector<std::string> notes;          // what formulas neglect, what was left out
};

// activations: float32 [sample, y, x, channel] in front of the layers from options.from on, and behind the
// last one, by layer (activations.h). labels: one per sample; names: of the classes. Throws Error(bad_input)
// where every class has fewer than two samples or something is not finite; as Propagation does.
Study study_moments(const Model &model, const std::map<std::size_t, Tensor> &activations,
                    const std::vector<int> &labels, const std::vector<std::string> &names,
                    const StudyOptions &options);

}  // namespace fsd::analysis
