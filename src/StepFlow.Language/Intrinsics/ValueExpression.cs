using System.Diagnostics.CodeAnalysis;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Intrinsics;

/// <summary>The value of a <c>.$</c> key, an ErrorPath or a CausePath: a path or an intrinsic function.</summary>
public abstract class ValueExpression
{
    private protected ValueExpression(string text) => Text = text;

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>Reads a path (<c>$…</c>) or an intrinsic function (<c>States.…(…)</c>).</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ValueExpression? expression, [NotNullWhen(false)] out string? error)
    {
        if (text.StartsWith('$'))
        {
            bool isPath = PathExpression.TryParse(text, out PathExpression? path, out error);
            expression = isPath ? new PathValue(path!) : null;
            return isPath;
        }

        bool isCall = IntrinsicExpression.TryParse(text, out IntrinsicExpression? call, out error);
        expression = call;
        return isCall;
    }

    /// <summary>The value for a scope.</summary>
    /// <param name="scope">The source of the context object, the variables and random values.</param>
    /// <param name="field">The field's name for messages: <c>value.$</c>, <c>ErrorPath</c>.</param>
    public abstract Outcome<JsonValue> Evaluate(StateScope scope, JsonValue input, string field);

    /// <summary>Whether it takes its input as a whole or not at all, and needs nothing of its content.</summary>
    public virtual bool PassesInputUnread => false;

    public override string ToString() => Text;

    private sealed class PathValue(PathExpression path) : ValueExpression(path.Text)
    {
        public override bool PassesInputUnread => path.IsRoot || path.Origin != PathRoot.Input;

        public override Outcome<JsonValue> Evaluate(StateScope scope, JsonValue input, string field)
        {
            if (PathErrors.IsOfNull(path, input))
            {
                return PathErrors.Runtime(PathErrors.NullInput);
            }

            return path.Find(scope, input) is { } value ? value : PathErrors.NotFound(path, field, scope, input);
        }
    }
}
