using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Compilation;

/// <summary>A field with any value: a literal, a payload template, a path or a JSONata expression.</summary>
public abstract class ValueField
{
    public abstract Outcome<JsonValue> Evaluate(StateScope scope);
}
