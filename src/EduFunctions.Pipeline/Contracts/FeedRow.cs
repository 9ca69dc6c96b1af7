namespace EduFunctions.Pipeline.Contracts;

/// <summary>A row of a feed as it is compared with another state of the feed.</summary>
/// <param name="Kind">What the row is about, such as its file.</param>
/// <param name="Key">Its id.</param>
/// <param name="Hash">Of all its values.</param>
public readonly record struct FeedRow(string Kind, string Key, UInt128 Hash);
