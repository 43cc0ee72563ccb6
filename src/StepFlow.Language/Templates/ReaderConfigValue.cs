using StepFlow.Language.Compilation;

namespace StepFlow.Language.Templates;

/// <summary>The <c>ReaderConfig</c> of an ItemReader. <c>MaxItemsPath</c> is replaced by the evaluated <c>MaxItems</c>.</summary>
/// <param name="config">The config as written.</param>
/// <param name="maxItems">The value of <c>MaxItemsPath</c>; null where it is absent.</param>
public sealed class ReaderConfigValue(JsonObject config, Field<double>? maxItems) : Field<JsonValue>
{
    private const string MaxItemsPath = "MaxItemsPath";

    private readonly JsonObject _rest = config.Without(MaxItemsPath);

    public override Outcome<JsonValue> Evaluate(StateScope scope)
    {
        if (maxItems is null)
        {
            return _rest;
        }

        Outcome<double> number = maxItems.Evaluate(scope);
        return number.IsSuccess ? _rest.With(NumberRule.MaxItems.Field, JsonNumber.Create(number.Value)) : number.Error;
    }
}
