import ArgumentParser
@main struct Annals: AsyncParsableCommand { func run() async throws {} }
