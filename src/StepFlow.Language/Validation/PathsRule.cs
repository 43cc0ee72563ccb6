using StepFlow.Language.Intrinsics;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Validation;

/// <summary>Every path of a JSONPath state is one, of the sort that its field takes.</summary>
internal sealed class PathsRule : StateRule
{
    private static readonly string[] Paths = ["InputPath", "OutputPath", "ItemsPath"];

    // None of these fields can read the context object, only the input.
    private static readonly string[] InputPaths =
    [
        "TimeoutSecondsPath", "HeartbeatSecondsPath", "SecondsPath", "TimestampPath", "MaxConcurrencyPath",
        "ToleratedFailureCountPath", "ToleratedFailurePercentagePath",
    ];

    private static readonly string[] BatchPaths = ["MaxItemsPerBatchPath", "MaxInputBytesPerBatchPath"];
    private static readonly string[] Expressions = ["ErrorPath", "CausePath"];

    public override void Check(State state, ValidationContext context)
    {
        if (state.QueryLanguage != QueryLanguage.JsonPath)
        {
            return;
        }

        Check(state.Source, state.Location, Paths, IsPath, DiagnosticMessages.NotAPath, context);
        Check(state.Source, state.Location, InputPaths, IsInputPath, DiagnosticMessages.NotAReferencePath, context);
        Check(state.Source, state.Location, Expressions, IsExpression, DiagnosticMessages.NotAPath, context);
        Check(state.Source, state.Location, ["ResultPath"], IsResultPath, DiagnosticMessages.NotAReferencePath, context);
        foreach (Catcher catcher in StateTree.Catchers(state))
        {
            Check(catcher.Source, catcher.Location, ["ResultPath"], IsResultPath, DiagnosticMessages.NotAReferencePath, context);
        }

        if (state is MapState { ItemBatcher: { } batcher })
        {
            Check(batcher.Source, batcher.Location, BatchPaths, IsInputPath, DiagnosticMessages.NotAReferencePath, context);
        }

        if (state is MapState { ItemReader: { ReaderConfig: { } config } reader })
        {
            Check(config, reader.Location + "/ReaderConfig", ["MaxItemsPath"], IsInputPath, DiagnosticMessages.NotAReferencePath, context);
        }
    }

    public static bool IsPath(string text) => PathExpression.TryParse(text, out _, out _);

    private static bool IsInputPath(string text) =>
        PathExpression.TryParse(text, out PathExpression? path, out _) && path.IsDefinite && path.Origin != PathRoot.Context;

    private static bool IsResultPath(string text) => ReferencePath.TryParse(text, out _, out _);

    private static bool IsExpression(string text) => ValueExpression.TryParse(text, out _, out _);

    private static void Check(JsonObject source, string location, string[] fields, Func<string, bool> isValid, string message, ValidationContext context)
    {
        foreach (string field in fields)
        {
            if (source[field] is JsonString { Value: var text } && !isValid(text))
            {
                context.Diagnostics.Schema(message, $"{location}/{field}");
            }
        }
    }
}
