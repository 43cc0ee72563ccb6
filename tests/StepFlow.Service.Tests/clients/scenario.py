"""boto3 against the service: the way of an execution, error classes, paginators. Exits with 0 where all holds."""
import json
import os
import time

import boto3
from botocore.config import Config

client = boto3.client(
    "stepfunctions",
    endpoint_url=os.environ["STEPFLOW_ENDPOINT"],
    config=Config(inject_host_prefix=False, retries={"max_attempts": 1}),
)
role = "arn:aws:iam::123456789012:role/test"
definition = json.dumps({
    "StartAt": "Work",
    "States": {
        "Work": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "fail-once", "Payload.$": "$"},
            "OutputPath": "$.Payload",
            "End": True,
        }
    },
})


def ended(arn):
    for _ in range(200):
        answer = client.describe_execution(executionArn=arn)
        if answer["status"] != "RUNNING":
            return answer
        time.sleep(0.05)
    raise AssertionError("the execution does not end")


machine = client.create_state_machine(name="boto", definition=definition, roleArn=role)["stateMachineArn"]
execution = client.start_execution(stateMachineArn=machine, name="one", input='{"n": 1}')["executionArn"]
assert ended(execution)["status"] == "FAILED"
client.redrive_execution(executionArn=execution)
done = ended(execution)
assert done["status"] == "SUCCEEDED" and json.loads(done["output"]) == {"n": 1}, done
assert done["redriveCount"] == 1 and done["startDate"] <= done["redriveDate"]

events = [
    event
    for page in client.get_paginator("get_execution_history").paginate(executionArn=execution, PaginationConfig={"PageSize": 2})
    for event in page["events"]
]
assert [event["id"] for event in events] == list(range(1, len(events) + 1)), events
assert any(event["type"] == "ExecutionRedriven" for event in events)
last = client.get_execution_history(executionArn=execution, reverseOrder=True, maxResults=1, includeExecutionData=False)["events"][0]
assert last["type"] == "ExecutionSucceeded" and "output" not in last["executionSucceededEventDetails"], last

for number in range(5):
    client.create_activity(name=f"activity-{number}")
names = [activity["name"] for page in client.get_paginator("list_activities").paginate(PaginationConfig={"PageSize": 2}) for activity in page["activities"]]
assert names == [f"activity-{number}" for number in range(5)], names

for number in range(3):
    client.start_execution(stateMachineArn=machine)
listed = [item for page in client.get_paginator("list_executions").paginate(stateMachineArn=machine, PaginationConfig={"PageSize": 3}) for item in page["executions"]]
assert len(listed) == 4 and listed[-1]["executionArn"] == execution, listed

for error, call in [
    (client.exceptions.StateMachineDoesNotExist, lambda: client.start_execution(stateMachineArn=machine + "x")),
    (client.exceptions.ExecutionAlreadyExists, lambda: client.start_execution(stateMachineArn=machine, name="one", input='{"n": 2}')),
    (client.exceptions.InvalidExecutionInput, lambda: client.start_execution(stateMachineArn=machine, input="no json")),
    (client.exceptions.InvalidName, lambda: client.create_activity(name="a b")),
    (client.exceptions.InvalidArn, lambda: client.describe_execution(executionArn="nothing")),
    (client.exceptions.InvalidToken, lambda: client.send_task_success(taskToken="nothing", output="{}")),
    (client.exceptions.InvalidToken, lambda: client.list_activities(nextToken="nothing")),
    (client.exceptions.InvalidDefinition, lambda: client.create_state_machine(name="bad", definition="{}", roleArn=role)),
    (client.exceptions.StateMachineAlreadyExists, lambda: client.create_state_machine(name="boto", definition=definition, roleArn=role, type="EXPRESS")),
    (client.exceptions.StateMachineTypeNotSupported, lambda: client.start_sync_execution(stateMachineArn=machine)),
    (client.exceptions.ExecutionNotRedrivable, lambda: client.redrive_execution(executionArn=execution)),
    (client.exceptions.ResourceNotFound, lambda: client.list_tags_for_resource(resourceArn=machine + "x")),
    (client.exceptions.MissingRequiredParameter, lambda: client.update_state_machine(stateMachineArn=machine)),
]:
    try:
        call()
    except error:
        continue
    raise AssertionError(f"{error.__name__} was not raised")

express = client.create_state_machine(
    name="boto-express", type="EXPRESS", roleArn=role,
    definition=json.dumps({"StartAt": "Stop", "States": {"Stop": {"Type": "Fail", "Error": "E", "Cause": "C"}}}),
)["stateMachineArn"]
answer = client.start_sync_execution(stateMachineArn=express)
assert (answer["status"], answer["error"], answer["cause"]) == ("FAILED", "E", "C"), answer
assert answer["billingDetails"]["billedDurationInMilliseconds"] % 100 == 0
print("ok")
