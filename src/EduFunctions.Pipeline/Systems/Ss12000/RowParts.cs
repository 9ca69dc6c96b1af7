using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>In what form a row has something.</summary>
internal enum PartForm
{
    /// <summary>A text that is not blank.</summary>
    Value,

    /// <summary>A list, also an empty one: that says that there is nothing.</summary>
    List,

    /// <summary>An object with an id.</summary>
    Reference,

    /// <summary>A list of such.</summary>
    References,
}

/// <summary>Something that makes a row what it is, or people something.</summary>
/// <param name="IsRequired">
/// Whether the standard requires it: to be without it then says nothing, as long as that lasts. What it does not require is kept for one pull, and whoever says
/// twice that there is none means it.
/// </param>
internal sealed record RowPart(string Name, PartForm Form, bool IsRequired)
{
    private const int MostSlips = 2;
    private const int LowerCase = 0x20;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);

    public bool Is(ReadOnlySpan<byte> name) => name.Length == Utf8.Length && Ascii.EqualsIgnoreCase(name, Utf8);

    /// <summary>Whether a name is nearly that of a list or a reference: <c>enrollments</c> for <c>enrolments</c>.</summary>
    public bool IsLike(ReadOnlySpan<byte> name)
    {
        if (Form == PartForm.Value || Math.Abs(name.Length - Utf8.Length) > MostSlips || (name[0] | LowerCase) != (Utf8[0] | LowerCase))
        {
            return false;
        }

        // Edits from each beginning of the one to each beginning of the other, row by row.
        Span<int> edits = stackalloc int[name.Length + 1];
        for (var at = 0; at < edits.Length; at++)
        {
            edits[at] = at;
        }

        for (var row = 1; row <= Utf8.Length; row++)
        {
            var diagonal = edits[0];
            edits[0] = row;
            for (var at = 1; at < edits.Length; at++)
            {
                var changed = diagonal + ((Utf8[row - 1] | LowerCase) == (name[at - 1] | LowerCase) ? 0 : 1);
                diagonal = edits[at];
                edits[at] = Math.Min(changed, 1 + Math.Min(edits[at], edits[at - 1]));
            }
        }

        return edits[^1] <= MostSlips;
    }

    /// <summary>Whether a row that was stored has it.</summary>
    public bool IsIn(JsonElement row) => RowParts.Find(row, Name) is { } value && Form switch
    {
        PartForm.Value => value.ValueKind == JsonValueKind.String && !Text.IsBlank(RowParts.Utf8(value)),
        PartForm.Reference => RowParts.IdOf(value) is not null,
        _ => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0,
    };
}

/// <summary>What rows of each collection are compared by with those of the pull before (<see cref="LostParts"/>).</summary>
internal static class RowParts
{
    private static readonly RowPart[] OfPersons =
    [
        new("givenName", PartForm.Value, true), new("familyName", PartForm.Value, true), new("enrolments", PartForm.List, false), new("responsibles", PartForm.List, false),
    ];

    /// <summary>Whether anybody is marked is asked of lists as a whole; an answer about single persons is held against what was said of them.</summary>
    private static readonly RowPart[] OfLookUps = [.. OfPersons, new("securityMarking", PartForm.Value, false), new("emails", PartForm.List, false)];

    private static readonly Dictionary<string, RowPart[]> All = new()
    {
        ["organisations"] = [new("organisationType", PartForm.Value, true), new("startDate", PartForm.Value, false)],
        ["persons"] = OfPersons,
        [PersonLookup.Collection] = OfLookUps,
        ["groups"] = [new("groupType", PartForm.Value, true), new("startDate", PartForm.Value, true), new("groupMemberships", PartForm.List, false)],
        ["placements"] = [new("child", PartForm.Reference, true), new("startDate", PartForm.Value, true)],
        ["duties"] = [new("person", PartForm.Reference, false), new("startDate", PartForm.Value, true), new("assignmentRole", PartForm.List, false)],
        ["activities"] = [new("groups", PartForm.References, true), new("startDate", PartForm.Value, true), new("teachers", PartForm.List, false)],
    };

    public static RowPart[] Of(string collection) => All.GetValueOrDefault(collection) ?? [];

    /// <summary>The property, in whatever case its name is; null where there is none, or null stands there.</summary>
    public static JsonElement? Find(JsonElement row, string name)
    {
        foreach (var property in row.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind != JsonValueKind.Null)
            {
                return property.Value;
            }
        }

        return null;
    }

    /// <summary>The id of an object; null when there is none.</summary>
    public static EntityId? IdOf(JsonElement reference) =>
        reference.ValueKind == JsonValueKind.Object && Find(reference, "id") is { ValueKind: JsonValueKind.String } text && IdText.TryParse(Utf8(text), out var id) ? id : null;

    public static ReadOnlySpan<byte> Utf8(JsonElement text) => Encoding.UTF8.GetBytes(text.GetString()!);
}
