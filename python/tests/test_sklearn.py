"""The classifier among scikit-learn's: what it claims, it keeps."""
import pickle

import numpy
import pytest
from sklearn.datasets import load_digits
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from fsdnet.sklearn import FSDClassifier

# Checks that are known to fail, and why.
EXPECTED_FAILURES: dict[str, str] = {}


@parametrize_with_checks([FSDClassifier(size="small", epochs=40)], expected_failed_checks=lambda _: EXPECTED_FAILURES)
def test_scikit_learns_checks(estimator, check):
    check(estimator)


def test_digits_as_images():
    rows, labels = load_digits(return_X_y=True)
    rows = rows * (255 / 16)
    classifier = FSDClassifier(size="small", image_shape=(8, 8, 1), epochs=6, rate=0.03, random_state=0)
    classifier.fit(rows[:1200], labels[:1200])
    assert classifier.score(rows[1200:], labels[1200:]) > 0.85
    probability = classifier.predict_proba(rows[1200:])
    assert numpy.allclose(probability.sum(1), 1) and len(classifier.history_) == 6
    assert (pickle.loads(pickle.dumps(classifier)).predict_proba(rows[1200:]) == probability).all()
    with pytest.raises(ValueError, match="rows of 64 pixels"):
        classifier.fit(rows[:, :63], labels)


def test_in_a_pipeline_with_names(points):
    inputs, labels = points
    names = numpy.array(["left", "right"])[labels]
    pipeline = make_pipeline(StandardScaler(), FSDClassifier(epochs=5, random_state=1))
    with pytest.raises(NotFittedError):
        FSDClassifier().predict(inputs)
    assert pipeline.fit(inputs, names).score(inputs, names) > 0.95
    assert set(pipeline.predict(inputs)) == {"left", "right"}
