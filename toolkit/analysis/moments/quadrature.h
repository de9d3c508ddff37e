// Rules of Gauss: nodes and weights.
#pragma once

#include "toolkit/analysis/matrix.h"

namespace fsd::analysis {

struct Rule {
    Vector nodes, weights;
};

// int_-1^1 f(x) dx = sum w f(x): exact for polynomials below degree 2 count. count >= 1.
Rule gauss_legendre(int count);

// E f(x) for a standard normal x; the weights sum to 1.
Rule gauss_hermite(int count);

// E f(r) for the length r of a standard normal vector of `dimensions` numbers, exact for polynomials in r^2
// below degree 2 count; the weights sum to 1.
Rule radial_rule(int dimensions, int count);

// Points and weights for E f(x) of a standard normal x of `dimensions` numbers: on spheres of the radial
// rule, along the axes of several fixed rotations, so that every weight is positive. Exact up to degree 3 for
// one rotation, and close beyond; for one dimension it is Gauss and Hermite's rule.
struct PointRule {
    Matrix points;  // [point, dimension]
    Vector weights;
};
PointRule spherical_rule(int dimensions, int most_points = 1024);

}  // namespace fsd::analysis
