namespace EduFunctions.Pipeline.Searching;

/// <summary>Who is meant by what somebody has asked, from the stored answers of the register.</summary>
/// <param name="Run">The run whose answers were searched.</param>
/// <param name="People">By name; at most <see cref="Most"/>.</param>
/// <param name="HasMore">Whether further ones are: then more has to be said.</param>
public sealed record FoundPeople(string Run, IReadOnlyList<FoundPerson> People, bool HasMore)
{
    public const int Most = 25;
}

/// <param name="Id">By which the person is asked for.</param>
/// <param name="Schools">Names of the schools; empty for somebody who has none, such as a guardian.</param>
public sealed record FoundPerson(string Id, string Name, IReadOnlyList<string> Schools);
