using StepFlow.Language.Compilation;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;
using StepFlow.Service.Arns;
using StepFlow.Service.Definitions;
using StepFlow.Service.Errors;
using StepFlow.Service.Payloads;
using StepFlow.Service.Requests;
using StepFlow.Service.StateTests;

namespace StepFlow.Service.Operations;

/// <summary>Runs one state by itself, without keeping anything (TestState).</summary>
internal sealed class TestState(StateTester tester, PayloadText payloads, ArnFormat arns, ServiceOptions options, TimeProvider time) : IOperation
{
    private static readonly TextShape StateName = new() { Min = 1, Max = 80, IsSensitive = true };

    private static readonly StructureShape Shape = new(
        "TestStateInput",
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
            Member.Optional("mapItemReaderData", Shapes.Data))));

    public string Name => nameof(TestState);

    public OperationAccess Access => OperationAccess.Admin;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        CompiledState state = Load(request);
        JsonObject? configuration = request.Structure("stateConfiguration");
        string? role = request.Text("roleArn");
        CheckCause(configuration?.Text("errorCausedByState"), state);
        var call = new StateTestCall
        {
            Input = payloads.Input(request.Text("input")),
            RoleArn = role,
            Mock = MockChecker.Check(request.Structure("mock"), state, role),
            Context = request.Text("context") is { } context ? ContextObject.Parse(context, state) : null,
            Variables = request.Text("variables") is { } variables ? Parse<JsonObject>(variables, StateTestMessages.VariablesNotObject) : JsonObject.Empty,
            RetrierRetryCount = (int?)configuration?.Integer("retrierRetryCount") ?? 0,
            MapIterationFailureCount = (int?)configuration?.Integer("mapIterationFailureCount"),
            MapItems = configuration?.Text("mapItemReaderData") is { } items ? Parse<JsonArray>(items, StateTestMessages.ReaderDataNotArray) : null,
            RevealSecrets = request.Boolean("revealSecrets") ?? false,
        };
        DateTimeOffset now = time.GetUtcNow();
        var scope = new TestScope(call.Input, call.Context ?? ContextObject.Default(state, call, arns, now), call.Variables, now, options.Limits);
        var inspection = new Inspection();
        StateTestResult result = await tester.RunAsync(state, scope, call, inspection, cancellationToken);
        return View(result, request.Text("inspectionLevel") ?? "INFO", inspection.Data);
    }

    /// <summary>The state that an error is said to come from must be inside the tested one; the error itself is the mock's.</summary>
    private static void CheckCause(string? name, CompiledState state)
    {
        IEnumerable<StateGraph> graphs = state switch
        {
            CompiledMap map => [map.Processor],
            CompiledParallel parallel => parallel.Branches,
            _ => [],
        };
        if (name is not null && !graphs.Any(graph => graph.States.ContainsKey(name)))
        {
            throw ApiErrors.Validation(StateTestMessages.UnknownCause(name));
        }
    }

    private static JsonObject View(StateTestResult result, string level, JsonObject inspection)
    {
        // What was sent and received is for TRACE only.
        JsonObject shown = level == "TRACE" ? inspection : inspection.Without("request").Without("response");
        return new JsonObjectBuilder(6)
            .SetIfPresent("output", result.Output is { } output ? (JsonValue)output.ToString() : null)
            .SetIfPresent("error", result.Error is { } error ? (JsonValue)error : null)
            .SetIfPresent("cause", result.Cause is { } cause ? (JsonValue)cause : null)
            .SetIfPresent("inspectionData", level == "INFO" ? null : shown)
            .SetIfPresent("nextState", result.NextState is { } next ? (JsonValue)next : null)
            .Set("status", result.Status)
            .Build();
    }

    private static T Parse<T>(string text, string problem)
        where T : JsonValue => JsonValue.ParseOrNull(text) as T ?? throw ApiErrors.Validation(problem);

    private static CompiledState Load(JsonObject request)
    {
        string text = request.RequiredText("definition");
        if (JsonValue.ParseOrNull(text) is not { } definition)
        {
            IReadOnlyList<Diagnostic> problems = StateMachineLoader.Load(text).Diagnostics;
            throw DefinitionChecker.Refuse(problems, text);
        }

        string? name = request.Text("stateName");
        if (name is null && definition is JsonObject machine && machine.ContainsKey("States"))
        {
            throw ApiErrors.Validation(StateTestMessages.StateNameNeeded);
        }

        StateLoadResult loaded = StateMachineLoader.LoadState(definition, name);
        return loaded.State ?? throw DefinitionChecker.Refuse(loaded.Diagnostics, text);
    }
}
