namespace StepFlow.Service.Requests;

/// <summary>A member of a structure.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Shape">The shape of its value.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record Member(string Name, Shape Shape, bool IsRequired)
{
    public static Member Required(string name, Shape shape) => new(name, shape, IsRequired: true);

    /// <summary>A member that may be left out.</summary>
    public static Member Optional(string name, Shape shape) => new(name, shape, IsRequired: false);
}
