using StepFlow.Execution.History;

namespace StepFlow.Local.Records;

/// <summary>The details of history events in the journal. The numbers of the forms are in data files and never change.</summary>
internal static class EventDetailsRecord
{
    private const byte None = 0;
    private const byte ExecutionStarted = 1;
    private const byte Output = 2;
    private const byte Failure = 3;
    private const byte ExecutionRedriven = 4;
    private const byte StateEntered = 5;
    private const byte StateExited = 6;
    private const byte EvaluationFailed = 7;
    private const byte MapStateStarted = 8;
    private const byte MapIteration = 9;
    private const byte MapRunStarted = 10;
    private const byte MapRunRedriven = 11;
    private const byte TaskScheduled = 12;
    private const byte LambdaFunctionScheduled = 13;
    private const byte ActivityScheduled = 14;
    private const byte ActivityStarted = 15;
    private const byte TaskStarted = 16;
    private const byte TaskOutput = 17;
    private const byte TaskFailure = 18;

    public static void Write(RecordWriter record, ValueWriter values, EventDetails? details)
    {
        switch (details)
        {
            case null:
                record.Byte(None);
                break;
            case ExecutionStartedDetails started:
                record.Byte(ExecutionStarted);
                values.Write(started.Input);
                record.Text(started.RoleArn);
                values.WriteText(started.InputText, started.Input);
                record.NullableText(started.StateMachineAliasArn);
                record.NullableText(started.StateMachineVersionArn);
                break;
            case OutputDetails output:
                record.Byte(Output);
                values.Write(output.Output);
                break;
            case FailureDetails failure:
                record.Byte(Failure);
                record.NullableText(failure.Error);
                record.NullableText(failure.Cause);
                break;
            case ExecutionRedrivenDetails redriven:
                record.Byte(ExecutionRedriven);
                record.Signed(redriven.RedriveCount);
                break;
            case StateEnteredDetails entered:
                record.Byte(StateEntered);
                record.Text(entered.Name);
                values.Write(entered.Input);
                values.WriteText(entered.InputText, entered.Input);
                break;
            case StateExitedDetails exited:
                record.Byte(StateExited);
                record.Text(exited.Name);
                values.Write(exited.Output);
                values.WriteNullable(exited.AssignedVariables);
                break;
            case EvaluationFailedDetails failed:
                record.Byte(EvaluationFailed);
                record.Text(failed.State);
                record.NullableText(failed.Error);
                record.NullableText(failed.Cause);
                record.NullableText(failed.Location);
                break;
            case MapStateStartedDetails started:
                record.Byte(MapStateStarted);
                record.Signed(started.Length);
                break;
            case MapIterationDetails iteration:
                record.Byte(MapIteration);
                record.Text(iteration.Name);
                record.Signed(iteration.Index);
                break;
            case MapRunStartedDetails started:
                record.Byte(MapRunStarted);
                record.Text(started.MapRunArn);
                break;
            case MapRunRedrivenDetails redriven:
                record.Byte(MapRunRedriven);
                record.Text(redriven.MapRunArn);
                record.Signed(redriven.RedriveCount);
                break;
            default:
                WriteTask(record, values, details);
                break;
        }
    }

    public static EventDetails? Read(ref RecordReader record, ValueReader values)
    {
        byte form = record.Byte();
        return form switch
        {
            None => null,
            ExecutionStarted => ReadStarted(ref record, values),
            Output => new OutputDetails(values.Read(ref record)),
            Failure => new FailureDetails(record.NullableText(), record.NullableText()),
            ExecutionRedriven => new ExecutionRedrivenDetails((int)record.Signed()),
            StateEntered => ReadEntered(ref record, values),
            StateExited => new StateExitedDetails(record.Text(), values.Read(ref record), (JsonObject?)values.ReadNullable(ref record)),
            EvaluationFailed => new EvaluationFailedDetails(record.Text(), record.NullableText(), record.NullableText(), record.NullableText()),
            MapStateStarted => new MapStateStartedDetails(record.Signed()),
            MapIteration => new MapIterationDetails(record.Text(), record.Signed()),
            MapRunStarted => new MapRunStartedDetails(record.Text()),
            MapRunRedriven => new MapRunRedrivenDetails(record.Text(), (int)record.Signed()),
            _ => ReadTask(form, ref record, values),
        };
    }

    private static ExecutionStartedDetails ReadStarted(ref RecordReader record, ValueReader values)
    {
        JsonValue input = values.Read(ref record);
        return new(input, record.Text())
        {
            InputText = values.ReadText(ref record, input),
            StateMachineAliasArn = record.NullableText(),
            StateMachineVersionArn = record.NullableText(),
        };
    }

    private static StateEnteredDetails ReadEntered(ref RecordReader record, ValueReader values)
    {
        string name = record.Text();
        JsonValue input = values.Read(ref record);
        return new(name, input) { InputText = values.ReadText(ref record, input) };
    }

    private static void WriteTask(RecordWriter record, ValueWriter values, EventDetails details)
    {
        switch (details)
        {
            case TaskScheduledDetails scheduled:
                record.Byte(TaskScheduled);
                record.Text(scheduled.ResourceType);
                record.Text(scheduled.Resource);
                record.Text(scheduled.Region);
                values.Write(scheduled.Parameters);
                record.NullableSigned(scheduled.TimeoutInSeconds);
                record.NullableSigned(scheduled.HeartbeatInSeconds);
                record.NullableText(scheduled.CredentialsRoleArn);
                break;
            case LambdaFunctionScheduledDetails scheduled:
                record.Byte(LambdaFunctionScheduled);
                record.Text(scheduled.Resource);
                values.Write(scheduled.Input);
                record.NullableSigned(scheduled.TimeoutInSeconds);
                record.NullableText(scheduled.CredentialsRoleArn);
                break;
            case ActivityScheduledDetails scheduled:
                record.Byte(ActivityScheduled);
                record.Text(scheduled.Resource);
                values.Write(scheduled.Input);
                record.NullableSigned(scheduled.TimeoutInSeconds);
                record.NullableSigned(scheduled.HeartbeatInSeconds);
                break;
            case ActivityStartedDetails started:
                record.Byte(ActivityStarted);
                record.NullableText(started.WorkerName);
                break;
            case TaskStartedDetails started:
                record.Byte(TaskStarted);
                record.Text(started.ResourceType);
                record.Text(started.Resource);
                break;
            case TaskOutputDetails output:
                record.Byte(TaskOutput);
                record.Text(output.ResourceType);
                record.Text(output.Resource);
                values.Write(output.Output);
                break;
            case TaskFailureDetails failure:
                record.Byte(TaskFailure);
                record.Text(failure.ResourceType);
                record.Text(failure.Resource);
                record.NullableText(failure.Error);
                record.NullableText(failure.Cause);
                break;
            default:
                throw new NotSupportedException($"The journal has no record for {details.GetType().Name}.");
        }
    }

    private static EventDetails ReadTask(byte form, ref RecordReader record, ValueReader values) => form switch
    {
        TaskScheduled => new TaskScheduledDetails(record.Text(), record.Text(), record.Text(), values.Read(ref record))
        {
            TimeoutInSeconds = record.NullableSigned(),
            HeartbeatInSeconds = record.NullableSigned(),
            CredentialsRoleArn = record.NullableText(),
        },
        LambdaFunctionScheduled => new LambdaFunctionScheduledDetails(record.Text(), values.Read(ref record))
        {
            TimeoutInSeconds = record.NullableSigned(),
            CredentialsRoleArn = record.NullableText(),
        },
        ActivityScheduled => new ActivityScheduledDetails(record.Text(), values.Read(ref record))
        {
            TimeoutInSeconds = record.NullableSigned(),
            HeartbeatInSeconds = record.NullableSigned(),
        },
        ActivityStarted => new ActivityStartedDetails(record.NullableText()),
        TaskStarted => new TaskStartedDetails(record.Text(), record.Text()),
        TaskOutput => new TaskOutputDetails(record.Text(), record.Text(), values.Read(ref record)),
        TaskFailure => new TaskFailureDetails(record.Text(), record.Text(), record.NullableText(), record.NullableText()),
        _ => throw RecordReader.Damaged(),
    };
}
