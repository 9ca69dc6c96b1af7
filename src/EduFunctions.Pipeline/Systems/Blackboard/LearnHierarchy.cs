using System.ComponentModel;
using System.Text;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Where in Learn's hierarchy the schools hang, and what hangs below them.</summary>
public sealed record LearnHierarchy
{
    private const string KeyCause = "must be 1 to 64 letters, digits, hyphens and dots";

    [Description("Key of a node that Learn has already, below which everything hangs: the root's is another in every installation.")]
    public required string ParentNode { get; init; }

    [Description("Node of the organisation, between that node and the schools; absent, schools hang directly below it.")]
    public LearnNode? Organisation { get; init; }

    [Description("Whether students and staff are associated with the nodes of their schools.")]
    public bool Users { get; init; } = true;

    [Description("Whether courses are associated with the node of their school.")]
    public bool Courses { get; init; } = true;

    internal IEnumerable<(string Key, string Cause)> Contradictions(string delimiter)
    {
        if (!IsKey(ParentNode))
        {
            yield return ("parentNode", KeyCause);
        }

        if (Organisation is { } organisation && (!IsKey(organisation.Key) || organisation.Key.Equals(ParentNode, StringComparison.OrdinalIgnoreCase)))
        {
            yield return ("organisation.key", $"{KeyCause}, and another than parentNode");
        }

        if (Organisation?.Name is { } name && (!IsName(Encoding.UTF8.GetBytes(name)) || name.Contains(delimiter, StringComparison.Ordinal)))
        {
            yield return ("organisation.name", $"must be 1 to {LearnLimits.NodeName} characters without quote, asterisk and delimiter");
        }
    }

    private static bool IsKey(string key) => LearnLimits.TakesNodeKey(Encoding.UTF8.GetBytes(key));

    private static bool IsName(byte[] name) => name.AsSpan().Trim((byte)' ').Length > 0 && LearnLimits.Takes(name, LearnLimits.NodeName) && !PlainText.IsFormula(name);
}

/// <summary>A node that no register knows.</summary>
public sealed record LearnNode
{
    [Description("Its key; it must never change.")]
    public required string Key { get; init; }

    [Description("Its name in Learn.")]
    public required string Name { get; init; }
}
