using StepFlow.Language.Compilation;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary>A field that is a payload template: <c>ItemSelector</c>, <c>Credentials</c>, <c>BatchInput</c>, an ItemReader's Parameters.</summary>
/// <param name="input">The input of its paths.</param>
public sealed class TemplateValue(PayloadTemplate template, EffectiveInput input) : Field<JsonValue>
{
    public override Outcome<JsonValue> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> source = input.Read(scope);
        return source.IsSuccess ? template.Evaluate(scope, source.Value).Bounded() : source;
    }
}
