namespace StepFlow.Service.Requests;

/// <summary>The shape of a member of a request: its JSON type and the API model's constraints.</summary>
internal abstract class Shape
{
    /// <summary>Whether messages leave the value out (API model, <c>sensitive</c>).</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Checks a value.</summary>
    /// <param name="value">The value, as the request holds it.</param>
    /// <param name="path">Where it is (<c>routingConfiguration.1.member.weight</c>).</param>
    public abstract void Check(JsonValue value, string path, Violations violations);

    /// <summary>The value as a message shows it.</summary>
    public abstract string Display(JsonValue value);
}
