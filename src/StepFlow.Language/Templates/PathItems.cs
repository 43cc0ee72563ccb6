using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary><c>ItemsPath</c> of a Map: an array, or an object whose members are the items.</summary>
/// <param name="path">The path. Default <c>$</c>.</param>
/// <param name="input">What it applies to.</param>
public sealed class PathItems(PathExpression path, EffectiveInput input) : ValueField
{
    /// <inheritdoc/>
    public override Outcome<JsonValue> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> source = input.Read(scope);
        if (!source.IsSuccess)
        {
            return source;
        }

        return path.Find(scope, source.Value) switch
        {
            null => FieldErrors.NoItems(path, source.Value),
            JsonArray items => items,
            JsonObject members => members,
            _ => FieldErrors.NotItems(path),
        };
    }
}
