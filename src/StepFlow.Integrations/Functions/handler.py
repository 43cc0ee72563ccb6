# Runs handler(event, context) of a file: the event is read from standard input, the result is written to a file of its
# own, so that what the handler prints is not part of it.
import importlib.util
import json
import os
import sys
import traceback
from datetime import datetime, timezone


class Context:
    def __init__(self):
        self.function_name = os.environ.get("STEPFLOW_FUNCTION_NAME", "")
        self.function_version = "$LATEST"
        self.aws_request_id = os.environ.get("STEPFLOW_IDEMPOTENCY_KEY", "")
        self.invoked_function_arn = ""
        self.execution_arn = os.environ.get("STEPFLOW_EXECUTION_ARN", "")
        self.client_context = None
        self.identity = None

    def get_remaining_time_in_millis(self):
        deadline = os.environ.get("STEPFLOW_DEADLINE")
        if not deadline:
            return 2**31 - 1
        left = datetime.fromisoformat(deadline[:26] + "+00:00") - datetime.now(timezone.utc)
        return max(0, int(left.total_seconds() * 1000))


def answer(value):
    text = json.dumps(value, allow_nan=False)
    with open(os.environ["STEPFLOW_RESULT_FILE"], "w", encoding="utf-8") as out:
        out.write(text)


def main():
    file, entry = sys.argv[1], sys.argv[2]
    event = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    sys.path.insert(0, os.path.dirname(os.path.abspath(file)))
    try:
        spec = importlib.util.spec_from_file_location("stepflow_handler", file)
        module = importlib.util.module_from_spec(spec)
        sys.modules["stepflow_handler"] = module
        spec.loader.exec_module(module)
        result = getattr(module, entry)(event, Context())
    except Exception as failure:
        traceback.print_exc()
        answer({
            "errorType": type(failure).__name__,
            "errorMessage": str(failure),
            "stackTrace": traceback.format_exception(failure),
        })
        sys.exit(1)
    try:
        answer(result)
    except (TypeError, ValueError) as failure:
        answer({"errorType": "Runtime.MarshalError", "errorMessage": "Unable to marshal response: " + str(failure)})
        sys.exit(1)


main()
