namespace EduFunctions.Tests.Systems.Scim;

/// <summary>What a server does in its own way.</summary>
[Flags]
internal enum ScimQuirk : long
{
    None = 0,

    /// <summary>It takes whole resources alone.</summary>
    WholeOnly = 1 << 0,

    /// <summary>Its lists have only who is active.</summary>
    ListsActive = 1 << 1,

    /// <summary>It finds only who is active.</summary>
    FindsActive = 1 << 2,

    /// <summary>It calls as many as stand on a page, of ten at most, all that there are.</summary>
    CountsPages = 1 << 3,

    /// <summary>It lists nothing whole.</summary>
    ListsNothing = 1 << 4,

    /// <summary>It writes totals as texts, and ids as numbers.</summary>
    WritesOtherwise = 1 << 5,

    /// <summary>A change alone is answered well and not done.</summary>
    PatchesNothing = 1 << 6,

    /// <summary>A change alone makes nobody inactive.</summary>
    PatchesNoActive = 1 << 7,

    /// <summary>A change alone changes no user name.</summary>
    PatchesNoUserName = 1 << 8,

    /// <summary>Whoever is created is not active.</summary>
    CreatesInactive = 1 << 9,

    /// <summary>What is created has no members.</summary>
    CreatesWithoutMembers = 1 << 10,

    /// <summary>Of members it shows three.</summary>
    ShowsThreeMembers = 1 << 11,

    /// <summary>It takes nobody out of a list by a filter.</summary>
    FiltersNoMembers = 1 << 12,

    /// <summary>It takes at most five members at once.</summary>
    TakesFiveMembers = 1 << 13,

    /// <summary>It deletes nobody who is active.</summary>
    DeletesInactive = 1 << 14,

    /// <summary>What it says to have created together, it has but for one in seven.</summary>
    ForgetsOfBulk = 1 << 15,

    /// <summary>It says nothing of what it has changed.</summary>
    SaysNothing = 1 << 16,

    /// <summary>It refuses to take out of a list who is not in it.</summary>
    WantsTargets = 1 << 17,

    /// <summary>What is deleted is only not active any more.</summary>
    DeletesSoftly = 1 << 18,

    /// <summary>A whole resource is answered well, and what it changes of a user is not kept.</summary>
    KeepsAll = 1 << 19,

    /// <summary>It writes what users are called in capitals, and leaves out what kind of address it is.</summary>
    WritesCapitals = 1 << 20,

    /// <summary>It counts two more than it lists.</summary>
    CountsHidden = 1 << 21,

    /// <summary>Every page, of ten at most, is of another order.</summary>
    Shuffles = 1 << 22,

    /// <summary>It looks for nothing.</summary>
    FindsNothing = 1 << 23,

    /// <summary>Who is added to members takes the place of all others.</summary>
    AddsInstead = 1 << 24,

    /// <summary>Who is deleted goes some calls later.</summary>
    DeletesLater = 1L << 25,

    /// <summary>What is created is listed and found some calls later.</summary>
    ListsLater = 1L << 26,

    /// <summary>It gives no more than ten at once.</summary>
    PagesOfTen = 1L << 27,

    /// <summary>It takes nobody inactive into a group.</summary>
    RefusesInactive = 1L << 28,

    /// <summary>Who is made inactive is in no group any more.</summary>
    DropsInactive = 1L << 29,

    /// <summary>What deleted users were called nobody else may be.</summary>
    KeepsNames = 1L << 30,

    /// <summary>It writes user names small.</summary>
    WritesSmall = 1L << 31,

    /// <summary>Whatever is looked for, it lists all.</summary>
    IgnoresFilters = 1L << 32,

    /// <summary>Nobody is ever called otherwise.</summary>
    FixesNames = 1L << 33,

    /// <summary>The same, but it answers as if.</summary>
    KeepsUserNames = 1L << 34,
}
