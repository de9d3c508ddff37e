// Compares what certificates promise with float64 arithmetic.
#include "toolkit/quantization/certificate.h"

#include "runtime/system/floating_point.h"
#include "toolkit/quantization/each_image.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

// Both sides of each inequality are rounded in float64.
constexpr double float64_slack = 1e-12;

std::size_t variations_above(const NumberMap &exact, const NumberMap &computed,
                             const std::vector<double> &bounds) {
    std::size_t above = 0;
    const auto states = static_cast<std::size_t>(exact.states());
    for (std::size_t row = 0; row < bounds.size(); row++) {
        double sum = 0;
        for (std::size_t i = row * states; i < (row + 1) * states; i++) {
            sum += std::fabs(exact.numbers[i] - computed.numbers[i]);
        }
        above += sum / 2 > bounds[row] + float64_slack ? 1 : 0;
    }
    return above;
}

// Evidence is known up to a constant per group on either side.
std::size_t deviations_above(const NumberMap &exact, const NumberMap &computed,
                             const std::vector<double> &bounds) {
    std::size_t above = 0;
    const auto states = static_cast<std::size_t>(exact.states());
    for (std::size_t row = 0; row < bounds.size(); row++) {
        double least = HUGE_VAL, most = -HUGE_VAL;
        for (std::size_t i = row * states; i < (row + 1) * states; i++) {
            least = std::min(least, computed.numbers[i] - exact.numbers[i]);
            most = std::max(most, computed.numbers[i] - exact.numbers[i]);
        }
        above += most - least > bounds[row] + float64_slack ? 1 : 0;
    }
    return above;
}

}  // namespace

CertificateCheck Certifier::check(const uint8_t *image, const Certificate &certificate) const {
    const FloatingPointMode mode = FloatingPointMode::standard();
    const Trace exact = exact_.run(image), computed = integers_.run(image);
    CertificateCheck result;
    for (std::size_t i = 0; i < certificate.variation_bounds.size(); i++) {
        result.violations += variations_above(exact[i], computed[i], certificate.variation_bounds[i]);
        result.inequalities += certificate.variation_bounds[i].size();
    }
    for (std::size_t k = 0; k < certificate.evidence_bounds.size(); k++) {
        const std::size_t place = exact_.layers()[k].index + 1;
        result.violations += deviations_above(exact[place], computed[place], certificate.evidence_bounds[k]);
        result.inequalities += certificate.evidence_bounds[k].size();
    }
    result.changed = certificate.decision != decision(exact.back());
    result.violations += certificate.proved && result.changed ? 1 : 0;
    result.inequalities++;
    return result;
}

CertificateSummary certify(const Certifier &certifier, const Tensor &images) {
    struct Outcome {
        CertificateCheck check;
        bool proved = false;
    };
    std::vector<Outcome> outcomes(static_cast<std::size_t>(images.dim(3).extent()));
    for_each_image("certifies images", images, [&](std::size_t sample, const uint8_t *image) {
        const Certificate certificate = certifier.certify(image);
        outcomes[sample] = {certifier.check(image, certificate), certificate.proved};
    });
    CertificateSummary summary;
    summary.images = outcomes.size();
    for (const Outcome &outcome : outcomes) {
        summary.proved += outcome.proved ? 1 : 0;
        summary.changed += outcome.check.changed ? 1 : 0;
        summary.inequalities += outcome.check.inequalities;
        summary.violations += outcome.check.violations;
    }
    return summary;
}

}  // namespace fsd
