namespace StepFlow.Integrations.Responses;

/// <summary>Adds the missing setting to a cause, so that the reader of the failure knows what to set.</summary>
/// <param name="enabled">Whether to say it; false where causes must be exactly AWS's.</param>
internal sealed class SettingHints(bool enabled)
{
    /// <summary>The end of a cause.</summary>
    /// <param name="settings">The settings, without the section's name; one of them is enough.</param>
    public string Add(params ReadOnlySpan<string> settings) => enabled
        ? $". Add the setting '{string.Join("' or '", settings.ToArray().Select(static setting => $"{TaskErrors.Section}:{setting}"))}'."
        : string.Empty;
}
