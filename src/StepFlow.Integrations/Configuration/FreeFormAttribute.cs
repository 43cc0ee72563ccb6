namespace StepFlow.Integrations.Configuration;

/// <summary>Marks settings whose names the user chooses, and that may contain colons. The code that reads them checks them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FreeFormAttribute : Attribute;
