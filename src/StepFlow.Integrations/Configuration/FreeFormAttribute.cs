namespace StepFlow.Integrations.Configuration;

/// <summary>Marks settings whose names are the user's own, with colons in them: whoever reads them checks them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FreeFormAttribute : Attribute;
