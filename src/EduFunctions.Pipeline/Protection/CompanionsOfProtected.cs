using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>Who answers for somebody protected has no account of his or her own reason, and is not named when it goes.</summary>
internal static class CompanionsOfProtected
{
    /// <param name="protectedPeople">By id.</param>
    public static void AddTo(IReadOnlyDictionary<EntityId, Remembered> protectedPeople, SourceData data)
    {
        var people = new Dictionary<int, Remembered>();
        foreach (var person in protectedPeople.Values)
        {
            if (data.Persons.Find(person.Id) is >= 0 and var row)
            {
                people[row] = person;
            }
        }

        foreach (var companion in data.Companions)
        {
            protectedPeople.GetValueOrDefault(companion.Person)?.Companions.Add(companion.Id);
        }

        foreach (ref readonly var responsible in data.Responsibles.Rows)
        {
            if (!responsible.ResponsibleId.IsNone && people.GetValueOrDefault(responsible.Student) is { } student)
            {
                student.Companions.Add(responsible.ResponsibleId);
            }
        }

        data.KeysOnlyIds.UnionWith(protectedPeople.Values.SelectMany(person => person.Companions));
    }
}
