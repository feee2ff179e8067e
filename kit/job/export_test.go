package job

// Killed makes a runner work under the name of a process before this one.
func (r *Runner) Killed() error {
	r.name = nameOf(r.o.DB.Node(), "before")
	var err error
	r.client, err = r.newClient(&worker{runner: r, places: newPlaces(r.o.Workers)}, r.periodic())
	return err
}
