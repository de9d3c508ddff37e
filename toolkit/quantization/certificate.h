// Per image: is the decision of a network in 16-bit and 8-bit integers provably that of exact arithmetic?
// The derivation is in docs/quantization.md.
#pragma once

#include "toolkit/quantization/bounds.h"
#include "toolkit/quantization/integer_network.h"

#include <string>
#include <vector>

namespace fsd {

// The bits of the certified form: 16-bit weights but for the last layer's 8, pixels in 8 and all other
// activations in 16 bits. With 8 bits everywhere the bounds, composed over the layers, prove nothing.
std::vector<LayerBits> certified_bits(const Model &model);

struct Certificate {
    int decision = 0;
    bool proved = false;
    // By how much the proof succeeds, or, negative, fails, nats: the least margin over the other classes,
    // minus what rounding can have done to it.
    double spare = 0;
    // What rounding can have done to the differences of log-evidence, nats, at each site of each KLD layer
    // but the last: [layer][site * groups + group].
    std::vector<std::vector<double>> evidence_bounds;
    // Total variation between exact and computed activation, at most, after each layer of the model (empty
    // for log-evidence): [layer + 1][site * groups + group].
    std::vector<std::vector<double>> variation_bounds;
};

// A certificate compared with float64 arithmetic.
struct CertificateCheck {
    std::size_t inequalities = 0;
    std::size_t violations = 0;  // of them; 0 unless there is a fault
    bool changed = false;        // the integers decide otherwise than float64
};

class Certifier {
public:
    // Throws Error(unsupported) where the network is not a chain of kld_conv or kld_linear, normalize and
    // marginal_pool that ends with one KLD layer and log_normalize: max pooling can increase the total
    // variation of distributions, averaging cannot.
    explicit Certifier(const Model &model);

    const ExactNetwork &exact() const { return exact_; }
    const IntegerNetwork &integers() const { return integers_; }

    // image: [y, x, color]. Adds to the bounds what evaluation in float32 may round, so that it holds for
    // implementations in float32 or better. May be called by several threads.
    Certificate certify(const uint8_t *image) const;

    // Evaluates the image in float64 as well and checks every inequality of the certificate: the variation at
    // each site after each layer, the evidence at each site of each hidden KLD layer, and the decision where
    // it is called proved.
    CertificateCheck check(const uint8_t *image, const Certificate &certificate) const;

private:
    struct Bounds {
        RoundingErrors errors;
        std::vector<double> weights;                     // [group]
        std::vector<std::vector<double>> sensitivities;  // [group][variable]
        double float32_slack = 0;
    };

    std::vector<double> evidence_bounds(std::size_t k, const std::vector<double> &variation) const;
    double spare_margin(const NumberMap &evidence, int top, const std::vector<int32_t> &activations,
                        const std::vector<double> &variation) const;

    ExactNetwork exact_;
    IntegerNetwork integers_;
    std::vector<Shape> shapes_;
    std::vector<Bounds> bounds_;
};

// What is reported for a set of images.
struct CertificateSummary {
    std::size_t images = 0;
    std::size_t proved = 0;
    std::size_t changed = 0;       // decisions that differ from the float64 network's; none that is proved
    std::size_t inequalities = 0;  // checked
    std::size_t violations = 0;
};

// Certifies and checks each image of uint8 [sample, y, x, color], dense.
CertificateSummary certify(const Certifier &certifier, const Tensor &images);

// Bound of the total variation between softmax(z) and softmax(z + d), where max d - min d <= omega and all
// but the largest probability of one of them add up to `rest` (docs/quantization.md).
double variation_bound(double rest, double omega);

}  // namespace fsd
