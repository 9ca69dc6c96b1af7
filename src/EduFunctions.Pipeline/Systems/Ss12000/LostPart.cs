using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Something that a row had in the last pull, and has not in this one.</summary>
/// <param name="Page">From 1; 0 where the row itself is gone.</param>
/// <param name="Row">Its id.</param>
/// <param name="Kind">Of whatever the row was about by then, of which targets keep what they have.</param>
internal sealed record LostPart(string Collection, int Page, string Row, string Property, EntityKind Kind, string Entity)
{
    /// <summary>Whether it stands there, and leads nowhere.</summary>
    public bool IsReference { get; init; }

    /// <summary>The name of the property of a row that is gone, although others still refer to it.</summary>
    public const string WholeRow = "id";
}
