namespace StepFlow.Runtime.Configuration;

/// <summary>A part of the settings: the members of a type.</summary>
/// <param name="Name">The section's name; empty for top-level members.</param>
/// <param name="Type">The type that the section is bound to.</param>
public sealed record SettingsSection(string Name, Type Type);
