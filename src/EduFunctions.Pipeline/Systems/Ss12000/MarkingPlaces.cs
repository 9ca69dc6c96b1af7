using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>On whom a marking stands, by the collection and the list in which it does.</summary>
internal static class MarkingPlaces
{
    private const string Property = "securityMarking";

    /// <returns>With what people are told that it is called.</returns>
    public static (MarkingPlace Place, string Property) Of(string collection, string part) => (collection, part) switch
    {
        ("persons" or PersonLookup.Collection, "responsibles") => (MarkingPlace.Responsible, $"{part}.{Property}"),
        (PersonLookup.Collection, _) => (MarkingPlace.LookedUp, Property),
        ("groups", _) => (MarkingPlace.Membership, $"{collection}.{Property}"),
        ("placements", _) => (MarkingPlace.Placement, $"{collection}.{Property}"),
        ("duties", _) => (MarkingPlace.Duty, $"{collection}.{Property}"),
        ("activities", _) => (MarkingPlace.Duty, $"{collection}.{Property}"),
        _ => (MarkingPlace.Person, Property),
    };
}
