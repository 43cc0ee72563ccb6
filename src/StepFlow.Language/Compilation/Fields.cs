using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Language.Compilation;

/// <summary>A field that gives a text: a literal, a path or a JSONata expression.</summary>
public abstract class TextField
{
    /// <summary>The text for a scope.</summary>
    public abstract Outcome<string> Evaluate(StateScope scope);
}

/// <summary>A field that gives a number: a literal, a path or a JSONata expression. Checks the field's own range.</summary>
public abstract class NumberField
{
    /// <summary>The number for a scope.</summary>
    public abstract Outcome<double> Evaluate(StateScope scope);
}

/// <summary>A field that gives any value: a literal, a payload template, a path or a JSONata expression.</summary>
public abstract class ValueField
{
    /// <summary>The value for a scope.</summary>
    public abstract Outcome<JsonValue> Evaluate(StateScope scope);
}
