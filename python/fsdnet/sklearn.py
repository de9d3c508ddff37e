"""A classifier as scikit-learn has them; needs scikit-learn: `pip install fsdnet[sklearn]`."""
from __future__ import annotations

from typing import Any

import numpy
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin  # type: ignore[import-untyped]
from sklearn.utils import check_random_state  # type: ignore[import-untyped]
from sklearn.utils.multiclass import check_classification_targets  # type: ignore[import-untyped]
from sklearn.utils.validation import check_is_fitted, validate_data  # type: ignore[import-untyped]

from fsdnet.data import Dataset
from fsdnet.errors import InputError
from fsdnet.model import Model
from fsdnet.network import Network
from fsdnet.training import train


class FSDClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A network that fit() trains on rows of numbers, or of pixels, and that gives probabilities.

    description: of the network (train()); None is a starter network of `size`: "small", "medium" or "large".
    image_shape: (height, width, colors) where each row holds the pixels of an image, 0 to 255, which are rounded to bytes;
        None: rows are vectors, computed in float32, and the starter network standardizes each number.
    epochs, batch, rate, optimizer, weight_decay: as for train(); a batch has at most all samples.
    random_state: an int gives the same numbers each time. device: "cpu", "cuda", "opencl" or "auto".

    After fit(): classes_, n_features_in_, model_ (a Model), history_ (a list of Epoch).
    Copies and pickles hold the model; they make the network that runs it when it is first asked for."""

    def __init__(self, description: Any = None, *, size: str = "medium",
                 image_shape: tuple[int, int, int] | None = None, epochs: int = 50, batch: int = 50, rate: float = 0.01,
                 optimizer: str = "adam", weight_decay: float = 0.0, random_state: Any = None, device: str = "cpu") -> None:
        self.description = description
        self.size = size
        self.image_shape = image_shape
        self.epochs = epochs
        self.batch = batch
        self.rate = rate
        self.optimizer = optimizer
        self.weight_decay = weight_decay
        self.random_state = random_state
        self.device = device

    def fit(self, X: ArrayLike, y: ArrayLike) -> FSDClassifier:
        """X: [sample, number]; y: [sample], the classes. Raises ValueError where there are fewer than two classes."""
        rows, answers = validate_data(self, X, y, dtype="numeric")
        check_classification_targets(answers)
        self.classes_, labels = numpy.unique(answers, return_inverse=True)
        if len(self.classes_) < 2:
            raise InputError("FSDClassifier needs samples of two classes or more; found one class.")
        data = Dataset(self._inputs(rows), labels.astype(numpy.int32), [str(name) for name in self.classes_])
        seed = int(check_random_state(self.random_state).randint(2**31 - 1))
        found = train(data, self.description, size=self.size, epochs=self.epochs, batch=min(self.batch, len(data)),
                      rate=self.rate, optimizer=self.optimizer, weight_decay=self.weight_decay, seed=seed,
                      device=self.device)
        self.model_: Model = found.model
        self.history_ = found.history
        self._network: Network | None = Network(found.model, self.device)
        return self

    def predict_log_proba(self, X: ArrayLike) -> NDArray[numpy.float32]:
        """Log-posteriors in nats, float32 [sample, class], classes as in classes_."""
        check_is_fitted(self, "model_")
        inputs = self._inputs(validate_data(self, X, reset=False, dtype="numeric"))
        if self._network is None:
            self._network = Network(self.model_, self.device)
        return self._network.run(inputs)

    def predict_proba(self, X: ArrayLike) -> NDArray[numpy.float64]:
        """Posteriors [sample, class], classes as in classes_."""
        probability: NDArray[numpy.float64] = numpy.exp(self.predict_log_proba(X).astype(numpy.float64))
        probability /= probability.sum(axis=1, keepdims=True)
        return probability

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The most probable class of each sample, [sample]."""
        label = self.predict_log_proba(X).argmax(axis=1)
        found: NDArray[Any] = self.classes_[label]
        return found

    def _inputs(self, X: NDArray[Any]) -> NDArray[Any]:
        if self.image_shape is None:
            return X.astype(numpy.float32)
        if X.shape[1] != numpy.prod(self.image_shape) or X.size and not 0 <= X.min() <= X.max() <= 255:
            raise InputError(f"X: rows of {numpy.prod(self.image_shape)} pixels from 0 to 255 are needed for images of shape "
                             f"{tuple(self.image_shape)}; found {X.shape[1]} numbers per row.")
        images: NDArray[Any] = numpy.rint(X).astype(numpy.uint8).reshape(-1, *self.image_shape)
        return images

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = super().__getstate__().copy()
        if "_network" in state:
            state["_network"] = None
        return state
