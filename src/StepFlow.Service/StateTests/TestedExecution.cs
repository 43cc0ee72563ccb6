using StepFlow.Language.Definition;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Service.StateTests;

/// <summary>The execution of a tested state: a synchronous Express execution that exists only for the test.</summary>
internal static class TestedExecution
{
    /// <param name="arns">Makes the ARNs.</param>
    /// <param name="limits">The quotas in force.</param>
    public static ExecutionStart Create(StateTestCall call, ArnFormat arns, DateTimeOffset now, Limits limits)
    {
        string machine = Guid.NewGuid().ToString("D");
        string execution = Guid.NewGuid().ToString("D");
        return new()
        {
            ExecutionArn = $"arn:aws:states:{arns.Region}:{arns.Account}:express:{machine}:{execution}",
            Name = execution,
            StateMachineArn = arns.StateMachine(machine),
            StateMachineName = machine,
            RoleArn = call.RoleArn ?? string.Empty,
            Input = call.Input,
            StartTime = now,
            Region = arns.Region,
            IsExpress = true,
            IsSynchronous = true,
            Limits = limits,
            MapContext = call.Around is { } map ? Item(map, call.Input) : null,
        };
    }

    /// <summary>A state inside a Map is in the first iteration. Its item is the input of the test.</summary>
    private static JsonObject Item(MapState map, JsonValue input)
    {
        JsonObjectBuilder item = new JsonObjectBuilder(3).Set("Index", 0).Set("Value", input);
        if (map is { IsDistributed: true, ItemReader: null })
        {
            item.Set("Source", ItemReaderText.Source);
        }

        return JsonObject.Create(("Item", item.Build()));
    }
}
