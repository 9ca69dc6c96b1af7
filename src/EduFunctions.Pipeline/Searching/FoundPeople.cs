using System.Text.Json.Serialization;

namespace EduFunctions.Pipeline.Searching;

/// <summary>Who is meant by what somebody has asked, from the stored answers of the register: of the latest night that has anybody by it.</summary>
/// <param name="Run">The run whose answers have them; the latest one for nobody.</param>
/// <param name="Date">Its day.</param>
/// <param name="People">By name; at most <see cref="Most"/>.</param>
/// <param name="HasMore">Whether further ones are: then more has to be said.</param>
public sealed record FoundPeople(string Run, DateOnly Date, IReadOnlyList<FoundPerson> People, bool HasMore)
{
    public const int Most = 25;

    /// <summary>Whether the register hands out nobody by this any more, and an earlier night has them.</summary>
    public bool IsPast { get; init; }

    /// <summary>The day of the oldest night that was looked through: answers of earlier ones are not kept, or were not needed.</summary>
    public required DateOnly SearchedSince { get; init; }

    /// <summary>Days of nights that were to be looked through, and whose answers cannot be read.</summary>
    public IReadOnlyList<DateOnly> Unread { get; init; } = [];
}

/// <param name="Id">By which the person is asked for.</param>
/// <param name="Schools">Names of the schools; empty for somebody who has none, such as a guardian.</param>
public sealed record FoundPerson(string Id, string Name, IReadOnlyList<string> Schools)
{
    /// <summary>Names of the classes that the person is in on the day of the night; of two of one name they tell which.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Of a student; null where the register says none.</summary>
    public int? SchoolYear { get; init; }

    /// <summary>Null where the register says none.</summary>
    public int? BirthYear { get; init; }

    /// <summary>The day of the latest night in which the register had somebody by what was asked under this id; null for who is in the latest one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? LastSeen { get; init; }

    /// <summary>That night's run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastRun { get; init; }
}
