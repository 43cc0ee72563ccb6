namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A member of an object constructor or group-by clause.</summary>
internal readonly record struct MemberNode(Node Key, Node Value);
