using System.Diagnostics.CodeAnalysis;

namespace StepFlow.Language.Intrinsics;

/// <summary>A call of an intrinsic function, parsed once; its arguments may be calls (Amazon States Language, "Intrinsic Functions").</summary>
public sealed class IntrinsicExpression : ValueExpression
{
    private readonly IntrinsicArgument _root;

    internal IntrinsicExpression(string text, IntrinsicArgument root)
        : base(text) => _root = root;

    /// <summary>Reads a call such as <c>States.Format('{}', $.name)</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IntrinsicExpression? expression, [NotNullWhen(false)] out string? error)
    {
        IntrinsicArgument? root = IntrinsicParser.Parse(text, out error);
        expression = root is null ? null : new(text, root);
        return root is not null;
    }

    public override Outcome<JsonValue> Evaluate(StateScope scope, JsonValue input, string field)
    {
        IntrinsicResult result = _root.Evaluate(scope, input);
        return result.Value is { } value ? value : IntrinsicErrors.Of(Text, result.Fault!);
    }
}
