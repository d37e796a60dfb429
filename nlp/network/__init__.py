"""The second reader: a small transformer that looks at the mails the fast part is unsure of."""

import os

# onnxruntime 1.32 on Linux keeps records of the process in the home folder and sends them to its makers, unless it is
# told not to before it is imported (tests/nlp/test_network.py). Nothing of ours tells anybody anything.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
