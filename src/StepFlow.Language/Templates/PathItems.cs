using StepFlow.Language.Compilation;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary><c>ItemsPath</c> of a Map.</summary>
/// <param name="isDistributed">Whether the Map is distributed.</param>
public sealed class PathItems(PathExpression path, EffectiveInput input, bool isDistributed) : Field<JsonValue>
{
    /// <summary>The message of TestState for items that are not an array, even if the Map accepts an object when it runs.</summary>
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
