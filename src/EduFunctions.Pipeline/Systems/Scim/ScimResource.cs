using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What a server is to have.</summary>
/// <param name="Id">Ours: the external id.</param>
/// <param name="Json">All attributes but the list.</param>
/// <param name="Links">Ids of those it lists, or belongs to.</param>
internal sealed record ScimResource(ScimType Type, string Id, string Json, IReadOnlyList<string> Links)
{
    /// <summary>Of a user.</summary>
    public string? UserName { get; init; }

    /// <summary>By what people recognise it.</summary>
    public string Text { get; init; } = "";

    /// <summary>The same for the same attributes.</summary>
    public string Hash { get; } = XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(Json)).ToString("x32", CultureInfo.InvariantCulture);
}
