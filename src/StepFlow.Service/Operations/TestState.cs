using StepFlow.Language.Compilation;
using StepFlow.Language.Loading;
using StepFlow.Service.Definitions;
using StepFlow.Service.Payloads;
using StepFlow.Service.StateTests;

namespace StepFlow.Service.Operations;

/// <summary>Runs one state by itself, and stores nothing (TestState).</summary>
internal sealed class TestState(StateTester tester, DefinitionChecker definitions, PayloadText payloads, ArnFormat arns, ServiceOptions options, TimeProvider time) : Operation(
    OperationAccess.Admin,
    Member.Required("definition", Shapes.Definition),
    Member.Optional("roleArn", Shapes.Arn),
    Member.Optional("input", Shapes.Data),
    Member.Optional("inspectionLevel", new TextShape { Values = ["INFO", "DEBUG", "TRACE"] }),
    Member.Optional("revealSecrets", Shapes.Boolean),
    Member.Optional("variables", Shapes.Data),
    Member.Optional("stateName", StateName),
    Member.Optional("mock", new StructureShape(
        "MockInput",
        Member.Optional("result", Shapes.Data),
        Member.Optional("errorOutput", new StructureShape("MockErrorOutput", Member.Optional("error", Shapes.Error), Member.Optional("cause", Shapes.Cause))),
        Member.Optional("fieldValidationMode", new TextShape { Values = ["STRICT", "PRESENT", "NONE"] }))),
    Member.Optional("context", Shapes.Data),
    Member.Optional("stateConfiguration", new StructureShape(
        "TestStateConfiguration",
        Member.Optional("retrierRetryCount", new NumberShape { Min = 0 }),
        Member.Optional("errorCausedByState", StateName),
        Member.Optional("mapIterationFailureCount", new NumberShape { Min = 0 }),
        Member.Optional("mapItemReaderData", Shapes.Data))))
{
    private static readonly TextShape StateName = new() { Min = 1, Max = 80, IsSensitive = true };

    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        StateLoadResult loaded = Load(request);
        CompiledState state = loaded.State!;
        JsonObject? configuration = request.Object("stateConfiguration");
        CheckCause(configuration?.Text("errorCausedByState"), state);
        var call = new StateTestCall
        {
            Input = payloads.Input(request.Text("input")),
            RoleArn = request.Text("roleArn"),
            Mock = MockChecker.Check(request, state),
            Context = request.Text("context") is { } context ? ContextObject.Parse(context, state) : null,
            Around = loaded.Around,
            Variables = request.Text("variables") is { } variables
                ? JsonValue.ParseOrNull(variables) as JsonObject ?? throw ApiErrors.Validation(StateTestMessages.VariablesNotObject)
                : JsonObject.Empty,
            RetrierRetryCount = (int?)configuration?.Integer("retrierRetryCount") ?? 0,
            MapIterationFailureCount = (int?)configuration?.Integer("mapIterationFailureCount"),
            MapItemReaderData = configuration?.Text("mapItemReaderData"),
            RevealSecrets = request.Boolean("revealSecrets") ?? false,
        };
        var inspection = new Inspection(state);
        ExecutionStart execution = TestedExecution.Create(call, arns, time.GetUtcNow(), options.Limits);
        SingleStateResult result = await tester.RunAsync(state, call, execution, inspection, cancellationToken);
        return View(result, request.Text("inspectionLevel") ?? "INFO", inspection.Data);
    }

    /// <summary>The state that the request names as the origin of an error must be inside the tested one.</summary>
    private static void CheckCause(string? name, CompiledState state)
    {
        if (name is not null && !Graphs(state).Any(graph => Contains(graph, name)))
        {
            throw ApiErrors.Validation(StateTestMessages.UnknownCause(name));
        }
    }

    private static bool Contains(StateGraph graph, string name) =>
        graph.States.ContainsKey(name) || graph.States.Values.SelectMany(Graphs).Any(inner => Contains(inner, name));

    private static IEnumerable<StateGraph> Graphs(CompiledState state) => state switch
    {
        CompiledMap map => [map.Processor],
        CompiledParallel parallel => parallel.Branches,
        _ => [],
    };

    private static JsonObject View(SingleStateResult result, string level, JsonObject inspection)
    {
        // The HTTP request and response are only shown at the level TRACE.
        JsonObject shown = level == "TRACE" ? inspection : inspection.Without("request").Without("response");
        return new JsonObjectBuilder(6)
            .SetIfPresent("output", result.Output?.ToString())
            .SetIfPresent("error", result.Error)
            .SetIfPresent("cause", result.Cause)
            .SetIfPresent("inspectionData", level == "INFO" ? null : shown)
            .SetIfPresent("nextState", result.NextState)
            .Set("status", Status(result.Status))
            .Build();
    }

    private static string Status(SingleStateStatus status) => status switch
    {
        SingleStateStatus.Succeeded => "SUCCEEDED",
        SingleStateStatus.Retriable => "RETRIABLE",
        SingleStateStatus.CaughtError => "CAUGHT_ERROR",
        _ => "FAILED",
    };

    private StateLoadResult Load(JsonObject request)
    {
        string text = request.RequiredText("definition");
        string? name = request.Text("stateName");
        if (name is null && JsonValue.ParseOrNull(text) is JsonObject machine && machine.ContainsKey("States"))
        {
            throw ApiErrors.Validation(StateTestMessages.StateNameNeeded);
        }

        StateLoadResult loaded = definitions.CheckState(text, name);
        return loaded.IsMissing ? throw ApiErrors.Validation(StateTestMessages.StateNotFound) : loaded;
    }
}
