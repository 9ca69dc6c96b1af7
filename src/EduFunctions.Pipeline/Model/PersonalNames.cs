namespace EduFunctions.Pipeline.Model;

/// <summary>Every name that a person goes by: real and preferred ones, and the middle name, which is a given name for some and a family name for others.</summary>
public static class PersonalNames
{
    /// <param name="given">The first is the real one.</param>
    /// <param name="family">The first is the real one. Where all are empty, a given name may be the whole name, and the other way round.</param>
    public static IEnumerable<PersonalValue> Of(EntityId person, IEnumerable<string?> given, string? middle, IEnumerable<string?> family)
    {
        var givenNames = Written([.. given, middle]);
        var familyNames = Written([.. family]);
        if (familyNames.Count > 0 && !string.IsNullOrWhiteSpace(middle))
        {
            familyNames.Add($"{middle} {familyNames[0]}");
        }

        return
            from first in givenNames.DefaultIfEmpty("")
            from last in familyNames.DefaultIfEmpty("")
            where (first + last).Length > 0
            select new PersonalValue(person, PersonalKind.Name, first, last);
    }

    private static List<string> Written(IReadOnlyList<string?> names) => [.. names.Where(name => !string.IsNullOrWhiteSpace(name)).Select(name => name!).Distinct()];
}
