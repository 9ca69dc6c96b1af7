using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Checking;

/// <summary>A column of a file with what its values are compared with.</summary>
internal sealed class ColumnReading(TableCheck check, TableShape table, ColumnShape shape)
{
    public ColumnShape Shape => shape;

    /// <summary>Our own are asked of our own files alone.</summary>
    public ValueRule[] Rules { get; } =
        [.. check.Form.Every.Concat(shape.Rules).Where(rule => check.Report.IsOurs || rule.Rule.Certainty != Certainty.Ours)];

    public IdSet? Unique { get; } = shape.Unique is { } unique ? check.Unique(unique.Scope) : null;

    public IdSet? Forbidden { get; } = shape.NotIn is { } other ? check.KeysOf(other.File) : null;

    public IdSet? Referenced { get; } = shape.RefersTo is { } file ? check.KeysOf(file) : null;

    /// <summary>Whether it refers to rows of its own file.</summary>
    public bool IsWithin => shape.RefersTo == table.Name;
}
