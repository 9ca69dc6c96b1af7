namespace EduFunctions.Pipeline.Storage;

/// <summary>A record with its bytes as they are stored.</summary>
public sealed record StoredRecord(string Container, string Name, byte[] Content);
