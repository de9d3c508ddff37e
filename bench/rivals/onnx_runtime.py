"""ONNX Runtime."""
import onnxruntime

from contender import Contender
from graph_runner import GraphRunner


class OnnxRuntime(GraphRunner):
    name = "ONNX Runtime"
    version = onnxruntime.__version__

    def __init__(self, threads):
        self.options = onnxruntime.SessionOptions()
        self.options.intra_op_num_threads = threads
        self.options.inter_op_num_threads = 1
        self.options.log_severity_level = 3
        # Threads may spin while a call runs, not while it is somebody else's turn.
        self.options.add_session_config_entry("session.force_spinning_stop", "1")

    def contender(self, model, inputs, layout=lambda result: result):
        """`model`: a path or bytes. Arrays are bound once; a call neither converts nor copies."""
        session = onnxruntime.InferenceSession(model, self.options, providers=["CPUExecutionProvider"])
        binding = session.io_binding()
        for name, array in inputs.items():
            binding.bind_ortvalue_input(name, onnxruntime.OrtValue.ortvalue_from_numpy(array))
        output = session.get_outputs()[0].name
        first, = session.run([output], inputs)
        target = onnxruntime.OrtValue.ortvalue_from_numpy(first)
        binding.bind_ortvalue_output(output, target)
        run = session.run_with_iobinding
        return Contender(self.name, lambda: run(binding), lambda: layout(target.numpy()), keep=(session, inputs))
