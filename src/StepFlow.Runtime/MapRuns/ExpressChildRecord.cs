namespace StepFlow.Runtime.MapRuns;

/// <summary>The records of Express children of a Map Run. Hosts store only their inputs and outcomes; all else follows from the run.</summary>
/// <param name="MachineArn">The item processor as a machine.</param>
/// <param name="Definition">The item processor as a definition.</param>
/// <param name="ParentExecutionArn">The execution that runs the Map; null if the host does not store it with the run.</param>
public sealed record ExpressChildRecord(string MapRunArn, string MachineArn, string RoleArn, string Definition, string? ParentExecutionArn)
{
    /// <summary>The record of a child that has ended.</summary>
    /// <param name="index">Its index in the run, from 0.</param>
    /// <param name="context">The <c>Map</c> member of its context object; null if it is not stored.</param>
    /// <param name="redriveCount">How often the execution of the run had been redriven when the child ended.</param>
    public ExecutionRecord Of(int index, JsonValue input, JsonObject? context, DateTimeOffset startTime, MapRunChildResult result, int redriveCount)
    {
        string arn = MapRunNames.ChildArn(MapRunArn, index, isExpress: true);
        var start = new ExecutionStart
        {
            ExecutionArn = arn,
            Name = LastPart(arn),
            StateMachineArn = MachineArn,
            StateMachineName = LastPart(MachineArn),
            RoleArn = RoleArn,
            Input = input,
            StartTime = startTime,
            IsExpress = true,
            MapRunArn = MapRunArn,
            MapContext = context,
        };
        return new()
        {
            Request = new(start, Definition) { ParentExecutionArn = ParentExecutionArn },
            Status = result.Status,
            StopTime = result.StopTime,
            Output = result.Output,
            Error = result.Error?.Name,
            Cause = result.Error?.Cause,
            RedriveCount = redriveCount,
        };
    }

    private static string LastPart(string arn) => arn[(arn.LastIndexOf(':') + 1)..];
}
