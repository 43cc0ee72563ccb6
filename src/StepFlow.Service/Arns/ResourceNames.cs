using System.Buffers;

namespace StepFlow.Service.Arns;

/// <summary>Which names a state machine, an execution or an activity may have (CreateStateMachine, parameter <c>name</c>).</summary>
internal static class ResourceNames
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" \t\r\n\f\v<>{}[]?*\"#%\\^|~`$&,;:/");

    /// <summary>Refuses a name with a forbidden character.</summary>
    /// <exception cref="ApiException"><c>InvalidName</c>.</exception>
    public static void Check(string name)
    {
        if (name.AsSpan().ContainsAny(Forbidden) || name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF'))
        {
            throw ApiErrors.InvalidName(name);
        }
    }
}
