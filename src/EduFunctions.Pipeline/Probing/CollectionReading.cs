namespace EduFunctions.Pipeline.Probing;

/// <summary>How a reading ended.</summary>
internal enum ReadingEnd
{
    /// <summary>With a last page.</summary>
    Whole,

    /// <summary>After as many pages as one reading may have.</summary>
    Cut,

    /// <summary>A page or its token came again.</summary>
    Circle,

    /// <summary>A page that does not say where the next one is.</summary>
    Unclear,

    /// <summary>No page came.</summary>
    Broken,
}

/// <summary>A collection, read once from its beginning.</summary>
internal sealed class CollectionReading(string collection, int limit)
{
    public string Collection { get; } = collection;

    /// <summary>Rows that were asked for per page.</summary>
    public int Limit { get; } = limit;

    /// <summary>Rows of each page.</summary>
    public List<int> Pages { get; } = [];

    /// <summary>Ids in their order; empty for a row without one.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>Whether pages are lists without anything around them.</summary>
    public bool IsBare { get; set; }

    /// <summary>A token that leads to a next page; null when none came.</summary>
    public string? Token { get; set; }

    public ReadingEnd End { get; set; }

    /// <summary>What was unclear or broken.</summary>
    public string Problem { get; set; } = "";

    /// <summary>Of the page that did not come; 0 when there was no answer.</summary>
    public int Status { get; set; }

    /// <summary>Whether it ended because nothing more may be asked.</summary>
    public bool IsUnasked { get; set; }

    public bool IsThere => Pages.Count > 0;

    public bool IsWhole => End == ReadingEnd.Whole;

    public int Most => Pages.Count == 0 ? 0 : Pages.Max();

    /// <summary>Rows that came twice.</summary>
    public int Doubles => Ids.Count(id => id.Length > 0) - Ids.Where(id => id.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Count();
}
