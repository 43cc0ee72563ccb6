using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary><c>ItemsPath</c> of a Map.</summary>
/// <param name="input">What it applies to.</param>
/// <param name="isDistributed">Whether the Map is distributed.</param>
public sealed class PathItems(PathExpression path, EffectiveInput input, bool isDistributed) : ValueField
{
    /// <summary>What TestState says of items that are no array, also where a run of the Map would take an object.</summary>
    public StatesError NotAnArray => FieldErrors.NotItems(path);

    public override Outcome<JsonValue> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> source = input.Read(scope).Inspected(scope, InspectedStage.InputPath);
        if (!source.IsSuccess)
        {
            return source;
        }

        return path.Find(scope, source.Value) switch
        {
            null => FieldErrors.NoItems(path, source.Value),
            { } items when MapItems.Are(items, isDistributed) => items,
            _ => NotAnArray,
        };
    }
}
