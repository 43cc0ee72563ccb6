namespace StepFlow.Local.Templates;

/// <summary>A template cannot be read; the message names the template and the reason.</summary>
internal sealed class TemplateException(string path, string reason, Exception? inner = null) : CommandException(ExitCodes.InvalidInput, $"{path}: {reason}", inner);
