/* A user's C program with a kernel for its own shape in it: the kernel gives the numbers of the formula. */
#include "evidence.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>

enum { samples = 5, inputs = 12, outputs = 24 };

int main(void) {
    static float probability[EVIDENCE_PROBABILITY_SIZE], log_likelihood[EVIDENCE_LOG_LIKELIHOOD_SIZE];
    static float log_prior[EVIDENCE_LOG_PRIOR_SIZE], log_evidence[EVIDENCE_LOG_EVIDENCE_SIZE];
    const float observations = 3;
    double worst = 0;
    for (int i = 0; i < samples * inputs; i++) {
        probability[i] = (float)(i * 7 % 11) / 11;
    }
    for (int i = 0; i < inputs * outputs; i++) {
        log_likelihood[i] = -(float)(i * 5 % 13) / 4;
    }
    for (int i = 0; i < outputs; i++) {
        log_prior[i] = -(float)(i % 5);
    }
    if (evidence(probability, log_likelihood, log_prior, observations, log_evidence) != 0 ||
        evidence(NULL, log_likelihood, log_prior, observations, log_evidence) != 2) {
        return 1;
    }
    for (int sample = 0; sample < samples; sample++) {
        for (int output = 0; output < outputs; output++) {
            double sum = 0;
            for (int input = 0; input < inputs; input++) {
                sum +=
                    (double)probability[sample * inputs + input] * log_likelihood[input * outputs + output];
            }
            worst = fmax(worst, fabs(log_prior[output] + observations * sum -
                                     log_evidence[sample * outputs + output]));
        }
    }
    printf("evidence is off by at most %.2g nats\n", worst);
    return worst < 1e-4 ? 0 : 1;
}
