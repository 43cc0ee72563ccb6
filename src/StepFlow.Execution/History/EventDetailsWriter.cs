using System.Diagnostics;
using System.Text.Json;

namespace StepFlow.Execution.History;

/// <summary>Writes the members of event details.</summary>
internal readonly struct EventDetailsWriter(Utf8JsonWriter writer, bool includeData)
{
    public void Write(EventDetails details)
    {
        switch (details)
        {
            case ExecutionStartedDetails started:
                Payload("input"u8, "inputDetails"u8, started.Input, started.InputText);
                writer.WriteString("roleArn"u8, started.RoleArn);
                Optional("stateMachineAliasArn"u8, started.StateMachineAliasArn);
                Optional("stateMachineVersionArn"u8, started.StateMachineVersionArn);
                break;
            case ExecutionRedrivenDetails redriven:
                writer.WriteNumber("redriveCount"u8, redriven.RedriveCount);
                break;
            case OutputDetails output:
                Payload("output"u8, "outputDetails"u8, output.Output);
                break;
            case FailureDetails failure:
                Failure(failure.Error, failure.Cause);
                break;
            case StateEnteredDetails entered:
                writer.WriteString("name"u8, entered.Name);
                Payload("input"u8, "inputDetails"u8, entered.Input, entered.InputText);
                break;
            case StateExitedDetails exited:
                writer.WriteString("name"u8, exited.Name);
                Payload("output"u8, "outputDetails"u8, exited.Output);
                Variables(exited.AssignedVariables);
                break;
            case EvaluationFailedDetails failure:
                writer.WriteString("state"u8, failure.State);
                Failure(failure.Error, failure.Cause);
                Optional("location"u8, failure.Location);
                break;
            default:
                WriteTask(details);
                break;
        }
    }

    private void WriteTask(EventDetails details)
    {
        switch (details)
        {
            case TaskScheduledDetails scheduled:
                Task(scheduled.ResourceType, scheduled.Resource);
                writer.WriteString("region"u8, scheduled.Region);
                Parameters(scheduled.Parameters);
                Optional("timeoutInSeconds"u8, scheduled.TimeoutInSeconds);
                Optional("heartbeatInSeconds"u8, scheduled.HeartbeatInSeconds);
                Credentials(scheduled.CredentialsRoleArn);
                break;
            case TaskStartedDetails started:
                Task(started.ResourceType, started.Resource);
                break;
            case TaskOutputDetails output:
                Task(output.ResourceType, output.Resource);
                Payload("output"u8, "outputDetails"u8, output.Output);
                break;
            case TaskFailureDetails failure:
                Task(failure.ResourceType, failure.Resource);
                Failure(failure.Error, failure.Cause);
                break;
            case LambdaFunctionScheduledDetails scheduled:
                writer.WriteString("resource"u8, scheduled.Resource);
                Payload("input"u8, "inputDetails"u8, scheduled.Input);
                Optional("timeoutInSeconds"u8, scheduled.TimeoutInSeconds);
                Credentials(scheduled.CredentialsRoleArn);
                break;
            case ActivityScheduledDetails scheduled:
                writer.WriteString("resource"u8, scheduled.Resource);
                Payload("input"u8, "inputDetails"u8, scheduled.Input);
                Optional("timeoutInSeconds"u8, scheduled.TimeoutInSeconds);
                Optional("heartbeatInSeconds"u8, scheduled.HeartbeatInSeconds);
                break;
            case ActivityStartedDetails started:
                Optional("workerName"u8, started.WorkerName);
                break;
            default:
                WriteMap(details);
                break;
        }
    }

    private void WriteMap(EventDetails details)
    {
        switch (details)
        {
            case MapStateStartedDetails started:
                writer.WriteNumber("length"u8, started.Length);
                break;
            case MapIterationDetails iteration:
                writer.WriteString("name"u8, iteration.Name);
                writer.WriteNumber("index"u8, iteration.Index);
                break;
            case MapRunStartedDetails started:
                writer.WriteString("mapRunArn"u8, started.MapRunArn);
                break;
            case MapRunRedrivenDetails redriven:
                writer.WriteString("mapRunArn"u8, redriven.MapRunArn);
                writer.WriteNumber("redriveCount"u8, redriven.RedriveCount);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Task(string resourceType, string resource)
    {
        writer.WriteString("resourceType"u8, resourceType);
        writer.WriteString("resource"u8, resource);
    }

    private void Failure(string? error, string? cause)
    {
        Optional("error"u8, error);
        Optional("cause"u8, cause);
    }

    private void Credentials(string? roleArn)
    {
        if (roleArn is not null)
        {
            writer.WriteStartObject("taskCredentials"u8);
            writer.WriteString("roleArn"u8, roleArn);
            writer.WriteEndObject();
        }
    }

    private void Optional(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private void Optional(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private void Payload(ReadOnlySpan<byte> name, ReadOnlySpan<byte> detailsName, JsonValue value, string? text = null)
    {
        if (!includeData)
        {
            return;
        }

        if (text is not null)
        {
            writer.WriteString(name, text);
        }
        else
        {
            Text(name, value);
        }

        NotTruncated(detailsName);
    }

    // The API model requires this member (TaskScheduledEventDetails). If data is left out, it is empty.
    private void Parameters(JsonValue parameters)
    {
        if (includeData)
        {
            Text("parameters"u8, parameters);
        }
        else
        {
            writer.WriteString("parameters"u8, ""u8);
        }
    }

    private void Variables(JsonObject? variables)
    {
        if (variables is null || !includeData)
        {
            return;
        }

        writer.WriteStartObject("assignedVariables"u8);
        foreach (KeyValuePair<string, JsonValue> variable in variables.AsSpan())
        {
            writer.WriteString(variable.Key, variable.Value.ToUtf8());
        }

        writer.WriteEndObject();
        NotTruncated("assignedVariablesDetails"u8);
    }

    private void NotTruncated(ReadOnlySpan<byte> name)
    {
        writer.WriteStartObject(name);
        writer.WriteBoolean("truncated"u8, false);
        writer.WriteEndObject();
    }

    /// <summary>A payload as a string member that holds its JSON text.</summary>
    private void Text(ReadOnlySpan<byte> name, JsonValue value) => writer.WriteString(name, value.ToUtf8());
}
