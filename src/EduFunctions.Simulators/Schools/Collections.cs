namespace EduFunctions.Simulators.Schools;

/// <summary>The collections of the school administration's API that the sync reads.</summary>
public static class Collections
{
    public const string Organisations = "organisations";
    public const string Persons = "persons";
    public const string Placements = "placements";
    public const string Duties = "duties";
    public const string Groups = "groups";
    public const string Activities = "activities";
    public const string Syllabuses = "syllabuses";

    public static IReadOnlyList<string> All { get; } = [Organisations, Persons, Placements, Duties, Groups, Activities, Syllabuses];
}
