// Axes of mutual_information.
#include "runtime/signature.h"

static const fsd::SignatureOf mutual_information{{
    "mutual_information",
    "information = H(mean_site h) - mean_site H(h): what a site tells about its hidden state (MATH 4)",
    {{"posterior",
      {"site", "group", "state"},
      "h: distributions of the state given the site; the sites are samples and positions"},
     {"information", {"group"}, "nats, from 0 to log S"},
     {"conditional_entropy", {"group"}, "mean entropy of the posteriors, nats"},
     {"marginal_entropy", {"group"}, "entropy of the mean posterior, nats"}},
    nullptr,
}};
